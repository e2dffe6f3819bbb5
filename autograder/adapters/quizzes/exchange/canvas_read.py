"""QTI 1.2, read: a zip that Canvas exported, or that `canvas` wrote.

Covers the kinds of questions of classic quizzes, their groups, settings and pictures. Calculated questions, uploads and
texts without a question are told as lost. Does not cover question banks that a quiz only refers to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from autograder.adapters.quizzes.exchange import pictures
from autograder.adapters.quizzes.exchange.bank import (
    Bank,
    Body,
    Gaps,
    Html,
    Item,
    Loss,
    Numbers,
    Open,
    Option,
    Pairs,
    Pick,
    Settings,
    TrueFalse,
    Value,
    Word,
    Words,
    balanced,
    distinct,
    slug,
)
from autograder.adapters.quizzes.exchange.canvas import BASE, FIGURES, KEEPS, KIND, META, MODES
from autograder.adapters.quizzes.exchange.markup import text
from autograder.adapters.quizzes.exchange.package import document_in, read_package, resources
from autograder.adapters.quizzes.exchange.places import language_of, name_of
from autograder.adapters.quizzes.exchange.xml import Element, child, number, said

_MODES = {name: mode for mode, name in MODES.items()} | {"graded_survey": "survey"}
_KEEPS = {name: keep for keep, name in KEEPS.items()}


def read(file: Path) -> tuple[Bank, tuple[Loss, ...]]:
    """The bank in a package, and what of it has no place in one. Raises CourseError."""
    members = read_package(file)
    place = resources(members, KIND, file)[0]
    root = document_in(members, place, file)
    assessment = child(root, "assessment")
    figures = {f"{BASE}/{name}": members[name].decode("utf-8", "replace") for name in members
               if name.startswith(f"{FIGURES}/") and name.endswith(".svg")}  # fmt: skip
    lost: list[Loss] = []
    items = list(_items(assessment, figures, "", lost))
    ids = distinct([item.id for item in items])
    meta = f"{Path(place).parent.as_posix()}/{META}"
    settings = _settings(document_in(members, meta, file)) if meta in members else Settings()
    name = slug(assessment.get("ident", ""), name_of(file))
    named = tuple(replace(item, id=id) for item, id in zip(items, ids, strict=True))
    return Bank(name, assessment.get("title") or name, language_of(file), named, settings), tuple(lost)


def _settings(meta: Element) -> Settings:
    return Settings(
        mode=_MODES.get(said(meta, "quiz_type"), "graded"),  # type: ignore[arg-type]  # values of MODES
        attempts=max(0, int(number(said(meta, "allowed_attempts", "1"), 1))),
        keep=_KEEPS.get(said(meta, "scoring_policy"), "best"),  # type: ignore[arg-type]  # values of KEEPS
        shuffle_choices=said(meta, "shuffle_answers") == "true",
    )


def _items(section: Element, figures: Mapping[str, str], group: str, lost: list[Loss]) -> Iterator[Item]:
    for place, each in enumerate(section, 1):
        if each.tag == "section":
            drawn = each.find("selection_ordering") is not None
            yield from _items(each, figures, slug(each.get("title", ""), f"g{place}") if drawn else group, lost)
        elif each.tag == "item":
            yield from _item(each, figures, group, f"q{place}", lost)


def _item(item: Element, figures: Mapping[str, str], group: str, fallback: str, lost: list[Loss]) -> Iterator[Item]:
    fields = {said(each, "fieldlabel"): said(each, "fieldentry") for each in item.iter("qtimetadatafield")}
    id = slug(item.get("ident", ""), fallback)
    feedback = {each.get("ident", ""): _html(child(each, "flow_mat")) for each in item.iterfind("itemfeedback")}
    kind = fields.get("question_type", "")
    body = _body(kind, item, feedback)
    if body is None:
        lost.append(Loss(id, "lost", f"questions of type '{kind}' are not read"))
        return
    html, picture = pictures.taken(_html(child(item, "presentation")), figures)
    if isinstance(body, Gaps):
        for name, _ in body.gaps:
            html = html.replace(f"[{name}]", f"{{{{{name}}}}}")
    yield Item(
        id=id,
        text=html,
        body=body,
        points=number(fields.get("points_possible", ""), 1.0),
        why=feedback.get("general_fb", ""),
        picture=picture,
        group=group,
    )


def _body(kind: str, item: Element, feedback: Mapping[str, Html]) -> Body | None:
    match kind:
        case "multiple_choice_question" | "multiple_answers_question":
            return _pick(item, feedback, kind == "multiple_answers_question")
        case "true_false_question":
            right = next(iter(_scoring(item)), ("response1", "true"))[1]
            ids = [label.get("ident", "") for label, _ in _labels(item)]
            answer = right == ids[0] if ids and right in ids else right == "true"
            wrong = next((id for id in ids if id != right), "")
            return TrueFalse(answer, feedback.get(f"{right}_fb", ""), feedback.get(f"{wrong}_fb", ""))
        case "short_answer_question":
            return Words(tuple(Word(value) for _, value in _scoring(item)))
        case "numerical_question":
            return Numbers(tuple(_numbers(item)))
        case "fill_in_multiple_blanks_question" | "multiple_dropdowns_question":
            return _gaps(item, kind == "multiple_dropdowns_question")
        case "matching_question":
            return _pairs(item)
        case "essay_question":
            return Open()
    return None


def _pick(item: Element, feedback: Mapping[str, Html], many: bool) -> Pick:
    right = {value for _, value in _scoring(item)}
    labels = [(label.get("ident", ""), html) for label, html in _labels(item)]
    count = sum(id in right for id, _ in labels)
    plus, minus = balanced(count, len(labels) - count, many)
    options = (
        Option(html, plus if id in right else minus, feedback.get(f"{id}_fb", ""), slug(id, f"c{place}"))
        for place, (id, html) in enumerate(labels, 1)
    )
    return Pick(tuple(options), many)


def _scoring(item: Element) -> Iterator[tuple[str, str]]:
    """Response and value of all that must hold for a score; what must not hold is left out."""
    for condition in item.iterfind("resprocessing/respcondition"):
        if number(said(condition, "setvar")) > 0:
            denied = {id(each) for no in condition.iter("not") for each in no.iter("varequal")}
            for each in condition.iter("varequal"):
                if id(each) not in denied:
                    yield each.get("respident", ""), (each.text or "").strip()


def _numbers(item: Element) -> Iterator[Value]:
    for condition in item.iterfind("resprocessing/respcondition"):
        low, high = (next(iter(condition.iter(tag)), None) for tag in ("vargte", "varlte"))
        exact = next(iter(condition.iter("varequal")), None)
        if low is not None and high is not None:
            bottom, top = _decimal(low), _decimal(high)
            middle = _decimal(exact) if exact is not None else (bottom + top) / 2
            yield Value(float(middle), float((top - bottom) / 2))
        elif exact is not None:
            yield Value(float(_decimal(exact)))


def _decimal(element: Element) -> Decimal:
    try:
        value = Decimal((element.text or "").strip())
    except InvalidOperation:
        return Decimal(0)
    return value if value.is_finite() else Decimal(0)


def _gaps(item: Element, listed: bool) -> Gaps:
    right = dict(_scoring(item))
    gaps: list[tuple[str, Pick | Numbers | Words]] = []
    for response in item.iterfind("presentation/response_lid"):
        name = response.get("ident", "").removeprefix("response_")
        labels = [(label.get("ident", ""), html) for label, html in _labels(response)]
        if listed:
            key = right.get(response.get("ident", ""))
            options = (Option(html, float(id == key), id=slug(id, f"o{place}"))
                       for place, (id, html) in enumerate(labels, 1))  # fmt: skip
            gaps.append((name, Pick(tuple(options))))
        else:
            texts = (said(label, "material/mattext") for label in response.iter("response_label"))
            gaps.append((name, Words(tuple(Word(each) for each in texts))))
    return Gaps(tuple(gaps))


def _pairs(item: Element) -> Pairs:
    right = dict(_scoring(item))
    pairs: list[tuple[Html, Html]] = []
    names: dict[str, Html] = {}
    for response in item.iterfind("presentation/response_lid"):
        names |= {label.get("ident", ""): html for label, html in _labels(response)}
        key = right.get(response.get("ident", ""), "")
        pairs.append((_html(response), names.get(key, "")))
    used = {html for _, html in pairs}
    return Pairs(tuple(pairs), tuple(html for html in names.values() if html not in used))


def _labels(parent: Element) -> Iterator[tuple[Element, Html]]:
    return ((label, _html(label)) for label in parent.iter("response_label"))


def _html(parent: Element) -> Html:
    """The text of an element's own material."""
    content = child(parent, "material/mattext")
    words = (content.text or "").strip()
    if content.get("texttype", "text/plain") != "text/html":
        return text(words)
    return words.removeprefix("<div>").removesuffix("</div>") if words.count("<div") == 1 else words
