"""Moodle XML, written: a question bank that Moodle imports under its own category.

Covers every kind of item, pictures inside, and a category for each group of variants. Does not cover Moodle's quiz
itself (attempts, dates): those are set there. Source: Moodle documentation, "Moodle XML format".
"""

from __future__ import annotations

import base64
from pathlib import Path

from autograder.adapters.pages.folders import write_whole
from autograder.adapters.quizzes.exchange import pictures
from autograder.adapters.quizzes.exchange.bank import (
    Abilities,
    Bank,
    Gaps,
    Html,
    Item,
    Numbers,
    Open,
    Ordering,
    Pairs,
    Pick,
    TrueFalse,
    Words,
    written,
)
from autograder.adapters.quizzes.exchange.embedded import embed
from autograder.adapters.quizzes.exchange.markup import plain
from autograder.adapters.quizzes.exchange.shares import percent
from autograder.adapters.quizzes.exchange.xml import Element, add, document

ABLE = Abilities(
    name="Moodle",
    grades=True,
    gap_points=True,
    orders=("positions", "all-or-nothing"),
    units=True,
    hints=True,
    tags=True,
    rubric=True,
    settings=("shuffle_choices",),
)
TYPES = {
    Pick: "multichoice",
    TrueFalse: "truefalse",
    Numbers: "numerical",
    Words: "shortanswer",
    Gaps: "cloze",
    Pairs: "matching",
    Ordering: "ordering",
    Open: "essay",
}
ORDERS = {"positions": "ABSOLUTE_POSITION", "all-or-nothing": "ALL_OR_NOTHING", "lcs": "LONGEST_ORDERED_SUBSET"}
FIGURE = "figure.svg"
SOURCE = f"@@PLUGINFILE@@/{FIGURE}"
DRAWN = "draw-"
DRAW_ONE = "<p>Draw one of these: they are variants of one question.</p>"


def write(bank: Bank, folder: Path) -> Path:
    """Writes `<id>.<language>.xml` into the folder."""
    root = Element("quiz")
    _category(root, bank, "")
    group = ""
    for item in bank.items:
        if item.group != group:
            group = item.group
            _category(root, bank, group)
        _question(root, item, bank.settings.shuffle_choices)
    return write_whole(folder / f"{bank.id}.{bank.language}.xml", document(root).decode())


def _category(root: Element, bank: Bank, group: str) -> None:
    question = add(root, "question", type="category")
    path = "$course$/top/" + bank.title.replace("/", "//") + (f"/{group}" if group else "")
    add(add(question, "category"), "text", path)
    _html(question, "info", DRAW_ONE if group else "")
    add(question, "idnumber", f"{DRAWN}{group}" if group else bank.id)


def _question(root: Element, item: Item, shuffle: bool) -> None:
    question = add(root, "question", type=TYPES[type(item.body)])
    add(add(question, "name"), "text", item.id)
    shown = pictures.shown(item, SOURCE)
    asked = _html(question, "questiontext", embed(shown, item.body) if isinstance(item.body, Gaps) else shown)
    if item.picture:
        content = base64.b64encode(item.picture.svg.encode()).decode()
        add(asked, "file", content, name=FIGURE, path="/", encoding="base64")
    _html(question, "generalfeedback", item.why)
    if not isinstance(item.body, Gaps):
        add(question, "defaultgrade", written(item.points))
    add(question, "penalty", "0")
    add(question, "hidden", "0")
    add(question, "idnumber", item.id)
    _body(question, item, shuffle)
    for hint in item.hints:
        _html(question, "hint", hint)
    if item.tags:
        tags = add(question, "tags")
        for tag in item.tags:
            add(add(tags, "tag"), "text", tag)


def _body(question: Element, item: Item, shuffle: bool) -> None:
    match item.body:
        case Pick(options=options, many=many):
            add(question, "single", str(not many).lower())
            add(question, "shuffleanswers", str(shuffle).lower())
            add(question, "answernumbering", "abc")
            for option in options:
                _answer(question, option.text, option.share, option.feedback, "html")
        case TrueFalse(answer=answer, right=right, wrong=wrong):
            for value in (True, False):
                _answer(question, str(value).lower(), float(value is answer), right if value is answer else wrong)
        case Words(words=words, case=case):
            add(question, "usecase", str(int(case)))
            for word in words:
                _answer(question, word.text.replace("*", "\\*"), word.share, word.feedback)
        case Numbers():
            _numbers(question, item.body)
        case Pairs():
            _pairs(question, item.body, shuffle)
        case Ordering(items=items, scoring=scoring):
            for tag, content in (
                ("layouttype", "VERTICAL"),
                ("selecttype", "ALL"),
                ("selectcount", "0"),
                ("gradingtype", ORDERS[scoring]),
                ("showgrading", "SHOW"),
                ("numberingstyle", "none"),
            ):
                add(question, tag, content)
            for place, each in enumerate(items, 1):
                _answer(question, each, place / 100, "", "html")
        case Open(rubric=rubric):
            for tag, content in (
                ("responseformat", "editor"),
                ("responserequired", "1"),
                ("responsefieldlines", "15"),
                ("attachments", "0"),
                ("attachmentsrequired", "0"),
            ):
                add(question, tag, content)
            _html(question, "graderinfo", rubric)
            _html(question, "responsetemplate", "")


def _numbers(question: Element, body: Numbers) -> None:
    for value in body.values:
        answer = _answer(question, written(value.number), value.share, value.feedback)
        add(answer, "tolerance", written(value.tolerance))
    if body.units:
        units = add(question, "units")
        for name, multiplier in body.units:
            unit = add(units, "unit")
            add(unit, "multiplier", written(multiplier))
            add(unit, "unit_name", name)
    # A unit may be left out, and costs nothing.
    for tag, content in (("unitgradingtype", "0"), ("unitpenalty", "0"), ("showunits", "3"), ("unitsleft", "0")):
        add(question, tag, content)


def _pairs(question: Element, body: Pairs, shuffle: bool) -> None:
    add(question, "shuffleanswers", str(shuffle).lower())
    for left, right in (*body.pairs, *(("", extra) for extra in body.extra)):
        pair = _html(question, "subquestion", left)
        add(add(pair, "answer"), "text", plain(right))


def _answer(question: Element, content: str, share: float, feedback: Html, format_: str = "plain_text") -> Element:
    answer = add(question, "answer", fraction=percent(share), format=format_)
    add(answer, "text", content)
    _html(answer, "feedback", feedback)
    return answer


def _html(parent: Element, tag: str, content: Html) -> Element:
    element = add(parent, tag, format="html")
    add(element, "text", content)
    return element
