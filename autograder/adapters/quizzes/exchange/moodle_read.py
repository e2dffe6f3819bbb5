"""Moodle XML, read: a question bank that Moodle, or `moodle`, wrote.

Covers the kinds of questions that a bank knows, with their pictures. Calculated questions and those of plugins are
told as lost. Does not cover reading files that are not XML, nor what a quiz of ours makes of it (`lift`).
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from autograder.adapters.quizzes.exchange import pictures
from autograder.adapters.quizzes.exchange.bank import (
    Bank,
    Body,
    Html,
    Item,
    Loss,
    Numbers,
    Open,
    Option,
    Ordering,
    Pairs,
    Pick,
    Settings,
    TrueFalse,
    Value,
    Word,
    Words,
    distinct,
    slug,
)
from autograder.adapters.quizzes.exchange.embedded import extract
from autograder.adapters.quizzes.exchange.fit import lettered
from autograder.adapters.quizzes.exchange.markup import text, to_html
from autograder.adapters.quizzes.exchange.moodle import DRAWN, FIGURE, ORDERS, SOURCE
from autograder.adapters.quizzes.exchange.places import language_of, name_of
from autograder.adapters.quizzes.exchange.shares import share_of
from autograder.adapters.quizzes.exchange.xml import Element, child, number, read_xml, said, within
from autograder.adapters.yaml_file import shown
from autograder.errors import CourseError, Location, problem
from autograder.quiz_types import OrderScoring

_SCORINGS: dict[str, OrderScoring] = {name: scoring for scoring, name in ORDERS.items()}  # type: ignore[misc]


def read(file: Path, content: bytes) -> tuple[Bank, tuple[Loss, ...]]:
    """The bank in a file, and what of it has no place in one. Raises CourseError."""
    root = read_xml(content, file)
    if root.tag != "quiz":
        what = f"its root is <{root.tag}>, Moodle XML has <quiz>"
        raise CourseError(problem(Location(shown(file)), what, "export as Moodle XML, or name another --format"))
    lost: list[Loss] = []
    items, title, id, group = [], "", "", ""
    for index, question in enumerate(within(root), 1):
        if question.get("type") == "category":
            numbered = said(question, "idnumber")
            group = numbered.removeprefix(DRAWN) if numbered.startswith(DRAWN) else ""
            if not title:
                title, id = said(question, "category/text").split("/top/")[-1].replace("//", "/"), numbered
            continue
        items += [replace(item, group=group) for item in _items(question, f"q{index}", lost)]
    names = distinct([item.id for item in items])
    items = [replace(item, id=name) for item, name in zip(items, names, strict=True)]
    shuffled = {said(each, "shuffleanswers", "true") in ("true", "1") for each in root.iter("question")
                if each.find("shuffleanswers") is not None}  # fmt: skip
    settings = Settings(shuffle_choices=shuffled != {False})
    name = id or name_of(file)
    return Bank(name, title or name, language_of(file), tuple(items), settings), tuple(lost)


def _items(question: Element, fallback: str, lost: list[Loss]) -> Iterator[Item]:
    """The item of a question; none when its type is unknown."""
    id = said(question, "idnumber") or slug(said(question, "name/text"), fallback)
    html, picture = pictures.taken(_html(question, "questiontext"), _figure(child(question, "questiontext")))
    points = number(said(question, "defaultgrade"), 1.0)
    body: Body | None
    if question.get("type") in ("cloze", "multianswer"):
        html, body = extract(html)
        points = float(len(body.gaps))
    else:
        body = _body(question)
    if body is None:
        lost.append(Loss(id, "lost", f"questions of type '{question.get('type')}' are not read"))
        return
    yield Item(
        id=slug(id, fallback),
        text=html,
        body=lettered(body),
        points=points,
        why=_html(question, "generalfeedback"),
        hints=tuple(hint for each in question.iterfind("hint") if (hint := _content(each))),
        tags=tuple(slug(each.text or "", "tag") for each in question.iterfind("tags/tag/text")),
        picture=picture,
    )


def _body(question: Element) -> Body | None:
    answers = list(question.iterfind("answer"))
    match question.get("type"):
        case "multichoice":
            options = tuple(Option(_content(each), _share(each), _html(each, "feedback")) for each in answers)
            return Pick(options, many=said(question, "single", "true") in ("false", "0"))
        case "truefalse":
            right = next((each for each in answers if _share(each) > 0), Element("answer"))
            wrong = next((each for each in answers if _share(each) <= 0), Element("answer"))
            return TrueFalse(said(right, "text").lower() == "true", _html(right, "feedback"), _html(wrong, "feedback"))
        case "shortanswer":
            words = tuple(
                Word(said(each, "text").replace("\\*", "*"), _share(each), _html(each, "feedback")) for each in answers
            )
            return Words(words, said(question, "usecase") == "1")
        case "numerical":
            return _numbers(question, answers)
        case "matching" | "match":
            pairs = [(_content(each), text(said(each, "answer/text"))) for each in question.iterfind("subquestion")]
            return Pairs(tuple(pair for pair in pairs if pair[0]), tuple(right for left, right in pairs if not left))
        case "ordering":
            ordered = sorted(answers, key=lambda each: number(each.get("fraction", "")))
            scoring = _SCORINGS.get(said(question, "gradingtype"), "lcs")
            return Ordering(tuple(_content(each) for each in ordered), scoring)
        case "essay":
            return Open(_html(question, "graderinfo"))
    return None


def _numbers(question: Element, answers: list[Element]) -> Numbers:
    units = tuple(
        (said(each, "unit_name"), number(said(each, "multiplier"), 1.0)) for each in question.iterfind("units/unit")
    )
    values = tuple(
        Value(number(said(each, "text")), number(said(each, "tolerance")), _share(each), _html(each, "feedback"))
        for each in answers
        if said(each, "text") != "*"
    )
    return Numbers(values, units[0][0] if units else None, units)


def _share(answer: Element) -> float:
    return share_of(answer.get("fraction", "0"))


def _html(parent: Element, path: str) -> Html:
    return _content(child(parent, path))


def _content(element: Element) -> Html:
    """The text of an element in the format that it names."""
    content = said(element, "text")
    match element.get("format"):
        case "plain_text":
            return text(content)
        case "markdown":
            return to_html(content, "en")
    return content


def _figure(asked: Element) -> dict[str, str]:
    """The picture of ours among the files of a text."""
    for file in asked.iterfind("file"):
        if file.get("name") == FIGURE and file.get("encoding") == "base64":
            try:
                return {SOURCE: base64.b64decode(file.text or "").decode()}
            except (binascii.Error, UnicodeDecodeError):
                return {}
    return {}
