"""What an item of QTI 3.0 asks and what is right, read.

Covers the interactions that a bank has a kind for, keys and mappings, and comparisons with a number or a text. Does not
cover adaptive items and templates, which are read as they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from autograder.adapters.quizzes.exchange import flow
from autograder.adapters.quizzes.exchange.bank import (
    Body,
    Gaps,
    Html,
    Numbers,
    Open,
    Option,
    Ordering,
    Pairs,
    Pick,
    Spot,
    Spots,
    TrueFalse,
    Value,
    Word,
    Words,
    balanced,
    slug,
)
from autograder.adapters.quizzes.exchange.markup import text
from autograder.adapters.quizzes.exchange.qti3_item import MARKER, REMARK, RESPONSE
from autograder.adapters.quizzes.exchange.view_box import origin
from autograder.adapters.quizzes.exchange.xml import Element, child, number, said

Feedback = Mapping[tuple[str, str], Html]
_ENTRY, _INLINE = "qti-text-entry-interaction", "qti-inline-choice-interaction"


def feedback_of(root: Element) -> Feedback:
    """What is said, by the outcome and the name that show it."""
    found: dict[tuple[str, str], Html] = {}
    for each in root.iterfind("qti-modal-feedback"):
        inside = each.find("qti-content-body")
        named = each.get("outcome-identifier", ""), each.get("identifier", "")
        found[named] = flow.taken(each if inside is None else inside)
    return found


def asked(root: Element) -> Html:
    """The text of an item, with `{{name}}` for what is to fill in."""
    body = child(root, "qti-item-body")
    own = body.find("div[@class='asked']")
    where = own if own is not None else body
    alone = len(list(_fields(root))) == 1 and own is None

    def instead(element: Element) -> str | None:
        if element.tag in (_ENTRY, _INLINE):
            return "_____" if alone else f"{{{{{_name(element)}}}}}"
        if element.tag == "qti-prompt":
            return f"<p>{flow.taken(element, instead)}</p>"
        if element.tag.endswith("-interaction"):
            prompt = element.find("qti-prompt")
            return f"<p>{flow.taken(prompt, instead)}</p>" if prompt is not None else ""
        return "" if element.tag == "qti-rubric-block" else None

    return flow.taken(where, instead)


def picture_source(root: Element) -> tuple[str, str] | None:
    """Source and description of the picture of a hotspot."""
    image = root.find(".//qti-hotspot-interaction/img")
    return None if image is None else (image.get("src", ""), image.get("alt", ""))


def body_of(root: Element, feedback: Feedback) -> Callable[[str], Body] | None:
    """What an item asks, once its picture is known; None when no bank has a kind for it."""
    body = child(root, "qti-item-body")
    choice = next(body.iter("qti-choice-interaction"), None)
    order = next(body.iter("qti-order-interaction"), None)
    match = next(body.iter("qti-match-interaction"), None)
    spots = next(body.iter("qti-hotspot-interaction"), None)
    fields = list(_fields(root))
    made: Body | None = None
    if spots is not None:
        return lambda svg: _spots(root, spots, feedback, svg)
    if choice is not None:
        made = _choice(root, choice, feedback)
    elif order is not None:
        texts = {each.get("identifier", ""): flow.taken(each) for each in order.iterfind("qti-simple-choice")}
        made = Ordering(tuple(texts[name] for name in _right(root, order) if name in texts))
    elif match is not None:
        made = _pairs(root, match)
    elif len(fields) == 1 and fields[0].tag == _ENTRY:
        made = _line(root, fields[0], feedback)
    elif fields:
        made = Gaps(tuple((_name(each), _gap(root, each, feedback)) for each in fields))
    elif next(body.iter("qti-extended-text-interaction"), None) is not None:
        rubric = body.find("qti-rubric-block[@view='scorer']/qti-content-body")
        made = Open(flow.taken(rubric) if rubric is not None else "")
    known = made
    return None if known is None else lambda _: known


def _fields(root: Element) -> Iterator[Element]:
    return (each for each in child(root, "qti-item-body").iter() if each.tag in (_ENTRY, _INLINE))


def _name(field: Element) -> str:
    """The name of a gap, as a placeholder can be named."""
    own = field.get("response-identifier", "").removeprefix(MARKER)
    return own if own.isidentifier() else slug(own, "gap").replace("-", "_")


def _id(element: Element) -> str:
    return slug(element.get("identifier", "").removeprefix("_"), "c")


def _declared(root: Element, interaction: Element) -> Element:
    name = interaction.get("response-identifier", RESPONSE)
    found = (each for each in root.iterfind("qti-response-declaration") if each.get("identifier") == name)
    return next(found, Element("none"))


def _right(root: Element, interaction: Element) -> list[str]:
    values = _declared(root, interaction).iterfind("qti-correct-response/qti-value")
    return [(each.text or "").strip() for each in values]


def _shares(root: Element, interaction: Element) -> dict[str, float] | None:
    """What each answer earns, None when they are matched as a whole."""
    mapping = _declared(root, interaction).find("qti-mapping")
    if mapping is None:
        return None
    return {each.get("map-key", ""): number(each.get("mapped-value", "")) for each in mapping}


def _choice(root: Element, interaction: Element, feedback: Feedback) -> Pick | TrueFalse:
    right, shares = _right(root, interaction), _shares(root, interaction)
    choices = interaction.findall("qti-simple-choice")
    names = [each.get("identifier", "") for each in choices]
    many = interaction.get("max-choices", "1") != "1"
    if names == ["true", "false"] and not many:
        answer = right == ["true"]
        said_of = {name: feedback.get((REMARK, name), "") for name in names}
        return TrueFalse(answer, said_of[str(answer).lower()], said_of[str(not answer).lower()])
    earned = shares if shares is not None else dict.fromkeys(right, 1.0)
    options = tuple(
        Option(flow.taken(each), earned.get(name, 0.0), feedback.get((REMARK, name), ""), _id(each))
        for each, name in zip(choices, names, strict=True)
    )
    if many and shares is None and right:
        return Pick(_evenly(options, len(right)), many, exact=True)
    return Pick(options, many)


def _evenly(options: tuple[Option, ...], right: int) -> tuple[Option, ...]:
    """Shares of what is matched as a whole, as they would be tick by tick."""
    plus, minus = balanced(right, len(options) - right)
    return tuple(Option(each.text, plus if each.share > 0 else minus, each.feedback, each.id) for each in options)


def _spots(root: Element, interaction: Element, feedback: Feedback, svg: str) -> Spots:
    right, shares = _right(root, interaction), _shares(root, interaction)
    left, top = origin(svg)
    many = interaction.get("max-choices", "1") != "1"
    choices = interaction.findall("qti-hotspot-choice")
    exact = many and shares is None
    plus, minus = balanced(len(right), len(choices) - len(right), many)
    earned = shares if shares is not None else dict.fromkeys(right, plus)
    spots = []
    for each in choices:
        name = each.get("identifier", "")
        sides = [number(side) for side in each.get("coords", "").split(",")]
        x, y, x2, y2 = sides if len(sides) == 4 else _around(sides)
        label = text(each.get("hotspot-label", "") or name)
        share = earned.get(name, minus if exact else 0.0)
        spots.append(
            Spot(_id(each), label, (x + left, y + top, x2 - x, y2 - y), share, feedback.get((REMARK, name), ""))
        )
    return Spots(tuple(spots), many, exact)


def _around(sides: list[float]) -> tuple[float, float, float, float]:
    """The rectangle around a circle (x, y, radius) or a polygon (x, y, …)."""
    if len(sides) == 3:
        x, y, r = sides
        return x - r, y - r, x + r, y + r
    xs, ys = sides[0::2] or [0.0], sides[1::2] or [0.0]
    return min(xs), min(ys), max(xs), max(ys)


def _pairs(root: Element, interaction: Element) -> Pairs:
    columns = [
        {each.get("identifier", ""): flow.taken(each) for each in column}
        for column in interaction.iterfind("qti-simple-match-set")
    ]
    lefts, rights = (*columns, {}, {})[:2]
    key = dict(pair.split(" ", 1) for pair in _right(root, interaction) if " " in pair)
    pairs = tuple((html, rights.get(key[name], "")) for name, html in lefts.items() if name in key)
    used = set(key.values())
    return Pairs(pairs, tuple(html for name, html in rights.items() if name not in used))


def _gap(root: Element, field: Element, feedback: Feedback) -> Pick | Numbers | Words:
    if field.tag == _ENTRY:
        return _line(root, field, feedback)
    right = _right(root, field)
    options = (
        Option(flow.taken(each), float(each.get("identifier") in right), id=_id(each))
        for each in field.iterfind("qti-inline-choice")
    )
    return Pick(tuple(options))


def _line(root: Element, field: Element, feedback: Feedback) -> Numbers | Words:
    """The answers of a line: those it is compared with one by one, else its key or its mapping."""
    response = field.get("response-identifier", RESPONSE)
    numbers = _declared(root, field).get("base-type") in ("float", "integer")
    values, words, case = [], [], False
    for test, share, remark in _compared(root, response, feedback):
        written = said(test, "qti-base-value")
        case = case or test.get("case-sensitive") == "true"
        tolerance = number(test.get("tolerance", "0").split()[0] if test.get("tolerance") else "0")
        values.append(Value(number(written), tolerance, share, remark))
        words.append(Word(written, share, remark))
    if not words:
        shares = _shares(root, field) or dict.fromkeys(_right(root, field), 1.0)
        values = [Value(number(written), 0.0, share) for written, share in shares.items()]
        words = [Word(written, share) for written, share in shares.items()]
    return Numbers(tuple(values)) if numbers else Words(tuple(words), case)


def _compared(root: Element, response: str, feedback: Feedback) -> Iterator[tuple[Element, float, Html]]:
    for case in (*root.iter("qti-response-if"), *root.iter("qti-response-else-if")):
        test = next((each for each in case if each.tag in ("qti-equal", "qti-string-match")), None)
        if test is None or child(test, "qti-variable").get("identifier") != response:
            continue
        share, remark = 0.0, ""
        for outcome in case.iterfind("qti-set-outcome-value"):
            if outcome.get("identifier") == REMARK:
                name = "".join((each.text or "") for each in outcome.iter("qti-base-value"))
                remark = feedback.get((REMARK, name), "")
            else:
                share = number(said(outcome, "qti-base-value"))
        yield test, share, remark
