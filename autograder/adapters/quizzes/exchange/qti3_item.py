"""One item of QTI 3.0: what is asked, what is declared, how it is scored and what is said about it.

Covers every kind of item. SCORE is 0..1 of the item's weight in the test. Does not cover the test and the package.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from autograder.adapters.quizzes.exchange import flow, pictures
from autograder.adapters.quizzes.exchange.bank import (
    Bank,
    Gaps,
    Html,
    Item,
    Numbers,
    Open,
    Option,
    Ordering,
    Pairs,
    Pick,
    Spots,
    TrueFalse,
    Words,
    written,
)
from autograder.adapters.quizzes.exchange.canvas import TRUE
from autograder.adapters.quizzes.exchange.markup import plain
from autograder.adapters.quizzes.exchange.view_box import origin, size
from autograder.adapters.quizzes.exchange.xml import Element, add, lang
from autograder.pure.quizzes.variants import PLACEHOLDER

FIGURES = "figures"
RESPONSE, SCORE, REMARK, WHY = "RESPONSE", "SCORE", "REMARK", "WHY"
MARKER = "gap-"


def identifier(name: str) -> str:
    """A name as QTI takes it: it begins with a letter or `_`. `identifier("2d") -> "_2d"`"""
    return name if name[0].isalpha() else f"_{name}"


def item_of(root: Element, item: Item, bank: Bank) -> None:
    """Fills the root of an item."""
    root.attrib |= {"identifier": identifier(item.id), "title": item.id, "adaptive": "false", "time-dependent": "false"}
    lang(root, bank.language)
    body = Element("qti-item-body")
    if isinstance(item.body, Open) and item.body.rubric:
        rubric = add(body, "qti-rubric-block", use="scoring", view="scorer")
        flow.put(add(rubric, "qti-content-body"), item.body.rubric)
    asked = add(body, "div", class_="asked")
    source = f"../{FIGURES}/{item.id}.svg"
    # A hotspot shows its picture itself.
    flow.put(asked, item.text if isinstance(item.body, Spots) else pictures.shown(item, source))
    processing = Element("qti-response-processing")
    remarks: list[tuple[str, Html]] = []
    _body(root, body, asked, processing, item, bank, remarks)
    _outcomes(root, item, remarks)
    root.append(body)
    if item.why:
        _set(processing, WHY, "identifier", "why")
    if len(processing):
        root.append(processing)
    for name, html in remarks:
        _said(root, REMARK, name, html)
    if item.why:
        _said(root, WHY, "why", item.why)


def _body(
    root: Element, body: Element, asked: Element, processing: Element, item: Item, bank: Bank,
    remarks: list[tuple[str, Html]],
) -> None:  # fmt: skip
    shuffle = str(bank.settings.shuffle_choices).lower()
    match item.body:
        case Pick() as pick:
            _choice(root, body, processing, pick, shuffle, remarks)
        case TrueFalse(answer=answer, right=right, wrong=wrong):
            options = (
                Option(TRUE[value].say(bank.language), float(value is answer), right if value is answer else wrong,
                       str(value).lower())
                for value in (True, False)
            )  # fmt: skip
            _choice(root, body, processing, Pick(tuple(options)), "false", remarks)
        case Numbers() | Words() as line:
            add(add(body, "p"), "qti-text-entry-interaction", response_identifier=RESPONSE)
            _line(root, processing, line, RESPONSE, SCORE, remarks)
        case Gaps() as gaps:
            _gaps(root, asked, processing, gaps, shuffle, remarks)
        case Pairs() as pairs:
            _pairs(root, body, processing, pairs, shuffle)
        case Ordering(items=items):
            names = [f"i{place}" for place, _ in enumerate(items, 1)]
            _declare(root, RESPONSE, "ordered", "identifier", names)
            interaction = add(body, "qti-order-interaction", response_identifier=RESPONSE, shuffle="true")
            for name, html in zip(names, items, strict=True):
                flow.put(add(interaction, "qti-simple-choice", identifier=name), html)
            _match(processing)
        case Spots() as spots:
            _spots(root, body, processing, spots, item, remarks)
        case Open():
            _declare(root, RESPONSE, "single", "string")
            add(body, "qti-extended-text-interaction", response_identifier=RESPONSE)


def _choice(
    root: Element, body: Element, processing: Element, pick: Pick, shuffle: str, remarks: list[tuple[str, Html]]
) -> None:
    _key(root, processing, [(each.id, each.share) for each in pick.options], pick.many, pick.exact)
    interaction = add(body, "qti-choice-interaction", response_identifier=RESPONSE, shuffle=shuffle,
                      max_choices="0" if pick.many else "1")  # fmt: skip
    for option in pick.options:
        flow.put(add(interaction, "qti-simple-choice", identifier=identifier(option.id)), option.text)
    _remarks(processing, [(each.id, each.feedback) for each in pick.options], pick.many, remarks)


def _key(root: Element, processing: Element, shares: list[tuple[str, float]], many: bool, exact: bool) -> None:
    """What is right of things to choose: matched as a whole, or mapped tick by tick."""
    right = [identifier(name) for name, share in shares if share > 0]
    response = _declare(root, RESPONSE, "multiple" if many else "single", "identifier", right)
    if many and not exact and right:
        _mapping(response, [(identifier(name), share) for name, share in shares])
        add(add(processing, "qti-set-outcome-value", identifier=SCORE), "qti-map-response", identifier=RESPONSE)
    elif right:
        _match(processing)


def _remarks(
    processing: Element, said: Iterable[tuple[str, Html]], many: bool, remarks: list[tuple[str, Html]]
) -> None:
    """The remarks are named as what was chosen."""
    found = [(identifier(name), html) for name, html in said if html]
    if found:
        remarks += found
        value = add(processing, "qti-set-outcome-value", identifier=REMARK)
        inside = value if many else add(value, "qti-multiple")
        add(inside, "qti-variable", identifier=RESPONSE)


def _line(
    root: Element, processing: Element, body: Numbers | Words, response: str, score: str,
    remarks: list[tuple[str, Html]],
) -> None:  # fmt: skip
    """What is written, against each answer in turn."""
    numbers = isinstance(body, Numbers)
    kind = "float" if numbers else "string"
    rows = (
        [(written(each.number), written(each.tolerance), each.share, each.feedback) for each in body.values]
        if isinstance(body, Numbers)
        else [(each.text, "", each.share, each.feedback) for each in body.words]
    )
    right = [value for value, _, share, _ in rows if share == max(row[2] for row in rows)][:1]
    _declare(root, response, "single", kind, right)
    condition = add(processing, "qti-response-condition")
    for place, (value, tolerance, share, feedback) in enumerate(rows, 1):
        case = add(condition, "qti-response-if" if place == 1 else "qti-response-else-if")
        if isinstance(body, Numbers):
            test = add(case, "qti-equal", tolerance_mode="absolute", tolerance=f"{tolerance} {tolerance}")
        else:
            test = add(case, "qti-string-match", case_sensitive=str(body.case).lower())
        add(test, "qti-variable", identifier=response)
        add(test, "qti-base-value", value, base_type=kind)
        _set(case, score, "float", repr(share))
        if feedback:
            name = f"{response.lower()}-{place}"
            remarks.append((name, feedback))
            value_ = add(add(case, "qti-set-outcome-value", identifier=REMARK), "qti-multiple")
            add(value_, "qti-variable", identifier=REMARK)
            add(value_, "qti-base-value", name, base_type="identifier")


def _gaps(
    root: Element, asked: Element, processing: Element, body: Gaps, shuffle: str, remarks: list[tuple[str, Html]]
) -> None:
    """Interactions in the midst of the text; each gap has a score, and the item their mean."""
    makers = {}
    for name, gap in body.gaps:
        response = f"{MARKER}{name}"
        if isinstance(gap, Pick):
            makers[name] = partial(_inline, gap, response, shuffle)
            right = [each.id for each in gap.options if each.share > 0]
            _declare(root, response, "single", "identifier", [identifier(each) for each in right])
            condition = add(add(processing, "qti-response-condition"), "qti-response-if")
            test = add(condition, "qti-match")
            add(test, "qti-variable", identifier=response)
            add(test, "qti-correct", identifier=response)
            _set(condition, f"{SCORE}-{name}", "float", "1.0")
        else:
            makers[name] = partial(_entry, response)
            _line(root, processing, gap, response, f"{SCORE}-{name}", remarks)
    _put_in(asked, makers)
    mean = add(add(processing, "qti-set-outcome-value", identifier=SCORE), "qti-divide")
    total = add(mean, "qti-sum")
    for name, _ in body.gaps:
        add(total, "qti-variable", identifier=f"{SCORE}-{name}")
    add(mean, "qti-base-value", str(len(body.gaps)), base_type="float")


def _entry(response: str) -> Element:
    return Element("qti-text-entry-interaction", {"response-identifier": response})


def _inline(gap: Pick, response: str, shuffle: str) -> Element:
    made = Element("qti-inline-choice-interaction", {"response-identifier": response, "shuffle": shuffle})
    for option in gap.options:
        flow.put(add(made, "qti-inline-choice", identifier=identifier(option.id)), option.text)
    return made


def _put_in(element: Element, makers: dict[str, partial[Element]]) -> None:
    """Replaces every `{{name}}` of a text by the element of that name."""
    for place, child in reversed(list(enumerate(element))):
        _put_in(child, makers)
        child.tail, after = _cut(child.tail, makers)
        for each in reversed(after):
            element.insert(place + 1, each)
    element.text, first = _cut(element.text, makers)
    for each in reversed(first):
        element.insert(0, each)


def _cut(words: str | None, makers: dict[str, partial[Element]]) -> tuple[str | None, list[Element]]:
    parts = PLACEHOLDER.split(words or "")
    made = []
    for name, tail in zip(parts[1::2], parts[2::2], strict=True):
        made.append(makers[name]())
        made[-1].tail = tail
    return parts[0], made


def _pairs(root: Element, body: Element, processing: Element, pairs: Pairs, shuffle: str) -> None:
    rights = list(dict.fromkeys([right for _, right in pairs.pairs] + list(pairs.extra)))
    key = [f"l{place} r{rights.index(right) + 1}" for place, (_, right) in enumerate(pairs.pairs, 1)]
    response = _declare(root, RESPONSE, "multiple", "directedPair", key)
    _mapping(response, [(each, 1 / len(key)) for each in key])
    count = str(len(key))
    interaction = add(body, "qti-match-interaction", response_identifier=RESPONSE, shuffle=shuffle,
                      max_associations=count)  # fmt: skip
    for side, texts, most in (("l", [left for left, _ in pairs.pairs], "1"), ("r", rights, count)):
        column = add(interaction, "qti-simple-match-set")
        for place, html in enumerate(texts, 1):
            choice = add(column, "qti-simple-associable-choice", identifier=f"{side}{place}", match_max=most)
            flow.put(choice, html)
    add(add(processing, "qti-set-outcome-value", identifier=SCORE), "qti-map-response", identifier=RESPONSE)


def _spots(
    root: Element, body: Element, processing: Element, spots: Spots, item: Item, remarks: list[tuple[str, Html]]
) -> None:
    _key(root, processing, [(each.id, each.share) for each in spots.spots], spots.many, spots.exact)
    interaction = add(body, "qti-hotspot-interaction", response_identifier=RESPONSE,
                      max_choices="0" if spots.many else "1")  # fmt: skip
    assert item.picture is not None
    width, height = size(item.picture.svg)
    left, top = origin(item.picture.svg)
    add(interaction, "img", src=f"../{FIGURES}/{item.id}.svg", alt=item.picture.alt, width=f"{width:.0f}",
        height=f"{height:.0f}")  # fmt: skip
    for spot in spots.spots:
        x, y, w, h = spot.box
        corners = (x - left, y - top, x - left + w, y - top + h)
        add(interaction, "qti-hotspot-choice", identifier=identifier(spot.id), shape="rect",
            coords=",".join(f"{each:.0f}" for each in corners), hotspot_label=plain(spot.label))  # fmt: skip
    _remarks(processing, [(each.id, each.feedback) for each in spots.spots], spots.many, remarks)


def _declare(root: Element, name: str, cardinality: str, kind: str, right: Iterable[str] = ()) -> Element:
    response = add(root, "qti-response-declaration", identifier=name, cardinality=cardinality, base_type=kind)
    values = list(right)
    if values:
        key = add(response, "qti-correct-response")
        for value in values:
            add(key, "qti-value", value)
    return response


def _mapping(response: Element, shares: Iterable[tuple[str, float]]) -> None:
    mapping = add(response, "qti-mapping", default_value="0", lower_bound="0", upper_bound="1")
    for name, share in shares:
        add(mapping, "qti-map-entry", map_key=name, mapped_value=repr(share))


def _outcomes(root: Element, item: Item, remarks: list[tuple[str, Html]]) -> None:
    human = {"external_scored": "human"} if isinstance(item.body, Open) else {}
    add(root, "qti-outcome-declaration", identifier=SCORE, cardinality="single", base_type="float",
        normal_maximum="1", **human)  # fmt: skip
    if isinstance(item.body, Gaps):
        for name, _ in item.body.gaps:
            outcome = add(root, "qti-outcome-declaration", identifier=f"{SCORE}-{name}", cardinality="single",
                          base_type="float")  # fmt: skip
            add(add(outcome, "qti-default-value"), "qti-value", "0")
    if remarks:
        add(root, "qti-outcome-declaration", identifier=REMARK, cardinality="multiple", base_type="identifier")
    if item.why:
        add(root, "qti-outcome-declaration", identifier=WHY, cardinality="single", base_type="identifier")


def _match(processing: Element) -> None:
    case = add(add(processing, "qti-response-condition"), "qti-response-if")
    test = add(case, "qti-match")
    add(test, "qti-variable", identifier=RESPONSE)
    add(test, "qti-correct", identifier=RESPONSE)
    _set(case, SCORE, "float", "1.0")


def _set(parent: Element, outcome: str, kind: str, value: str) -> None:
    add(add(parent, "qti-set-outcome-value", identifier=outcome), "qti-base-value", value, base_type=kind)


def _said(root: Element, outcome: str, name: str, html: Html) -> None:
    feedback = add(root, "qti-modal-feedback", outcome_identifier=outcome, identifier=name, show_hide="show")
    flow.put(add(feedback, "qti-content-body"), html)
