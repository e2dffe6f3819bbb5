"""What the page of a practice quiz needs to mark answers by itself, as data for `quiz_marking.js`.

Covers every type: values are computed, units resolved, texts normalised and explanations made HTML here, so that the
script compares and adds up. Does not cover graded quizzes: their pages hold nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.pure.quizzes import units
from autograder.pure.quizzes.expression import evaluate
from autograder.pure.quizzes.marking import OTHER_RANK, UNREADABLE, WAITS, unit_asked
from autograder.pure.quizzes.pattern import for_browsers
from autograder.pure.quizzes.wording import normalised, plain_pattern, printed
from autograder.quiz_types import (
    Accept,
    Body,
    Choice,
    Choices,
    Cloze,
    Essay,
    Grid,
    Hotspot,
    Match,
    Miss,
    Numeric,
    Order,
    Output,
    Question,
    Select,
    Shape,
    Tensor,
    TickScoring,
    Trap,
    Written,
)
from autograder.types import NOTHING, Text

Key = dict[str, Any]
Say = Callable[[Text], str]
"""A text as HTML in the page's language."""
Lesson = Callable[[str], str]
"""A misconception's lesson as HTML, by its id."""


def page_key(question: Question, say: Say, lesson: Lesson) -> Key:
    """The key of one settled question: `{"rule": "one", "right": ["a"], …, "points": 1.0, "why": "<p>…"}`."""
    why = say(question.why) if question.why != NOTHING else ""
    return {**_rule(question.body, say, lesson), "points": question.points, "why": why}


def _rule(body: Body, say: Say, lesson: Lesson) -> Key:
    match body:
        case Choices(choices=choices, many=many):
            right = [each.id for each in choices if each.correct]
            wrong = [each.id for each in choices if not each.correct]
            said = [{"id": each.id, **_said(each, say, lesson)} for each in choices]
            return _ticks(right, wrong, many, body.scoring, said)
        case Hotspot(picture=picture, correct=correct, many=many):
            wrong = [each.id for each in picture.targets if each.id not in correct]
            said = [{"id": trap.target, **_said(trap, say, lesson)} for trap in body.traps]
            return _ticks(list(correct), wrong, many, body.scoring, said)
        case Numeric():
            return _number(body, say, lesson)
        case Written():
            return _words(body, say, lesson)
        case Cloze(blanks=blanks):
            return {"rule": "gaps", "gaps": [{"id": each.id, **_gap(each.body, say, lesson)} for each in blanks]}
        case Match(key=key):
            return {"rule": "match", "key": dict(key)}
        case Order(key=order, scoring=scoring):
            return {"rule": "order", "key": list(order), "scoring": scoring}
        case Tensor():
            return _tensor(body)
        case Shape(dims=dims):
            return {"rule": "shape", "dims": [each.replace("_", "") for each in dims], "rank": say(OTHER_RANK)}
        case Output(answer=answer):
            return {"rule": "output", "text": printed(answer)}
        case Essay():
            return {"rule": "essay", "waits": say(WAITS)}


def _said(part: Choice | Miss | Trap | Accept, say: Say, lesson: Lesson) -> Key:
    """What is answered to whoever chose or wrote this, and the lesson that clears it up."""
    shown = part.misconception and not (isinstance(part, Choice) and part.correct)
    return {
        "why": say(part.why) if part.why != NOTHING else "",
        "lesson": lesson(part.misconception) if shown and part.misconception else "",
    }


def _ticks(right: list[str], wrong: list[str], many: bool, scoring: TickScoring, said: list[Key]) -> Key:
    exact = scoring == "all-or-nothing" or not right or not wrong
    return {"rule": "ticks" if many else "one", "right": right, "wrong": wrong, "exact": exact, "said": said}


def _number(body: Numeric, say: Say, lesson: Lesson) -> Key:
    accepted = (body.unit, *body.accept) if body.unit is not None else ()
    factors = {
        name: units.convert(1.0, unit, body.unit) for unit in reversed(accepted) if body.unit
        for name in units.names_of(unit)
    }  # fmt: skip
    return {
        "rule": "number",
        "value": float(evaluate(body.expr, {})),
        "rtol": body.rtol,
        "atol": body.atol,
        "units": factors if accepted else {"%": 1.0},
        "asked": say(unit_asked(body)),
        "unreadable": say(UNREADABLE),
        "traps": [{"value": float(evaluate(trap.expr, {})), **_said(trap, say, lesson)} for trap in body.traps],
    }


def _words(body: Written, say: Say, lesson: Lesson) -> Key:
    return {"rule": "words", "accept": [{**_accept(each), **_said(each, say, lesson)} for each in body.accept]}


def _accept(accept: Accept) -> Key:
    texts = [normalised(text) for text in accept.texts]
    return {
        "texts": [text.casefold() for text in texts] if accept.ignore_case else texts,
        "pattern": for_browsers(plain_pattern(accept.regex)) if accept.regex is not None else None,
        "fold": accept.ignore_case,
        "credit": accept.credit,
    }


def _gap(body: Numeric | Written | Select, say: Say, lesson: Lesson) -> Key:
    match body:
        case Select(answer=answer):
            return {"rule": "select", "answer": answer}
        case Numeric():
            return _number(body, say, lesson)
        case Written():
            return _words(body, say, lesson)


def _tensor(body: Tensor) -> Key:
    ids = Grid(body.shape, body.boolean).cells
    if body.boolean:
        right = [id for id, cell in zip(ids, body.cells, strict=True) if cell == "true"]
        wrong = [id for id, cell in zip(ids, body.cells, strict=True) if cell != "true"]
        exact = not body.per_cell or not right or not wrong
        return {"rule": "switches", "right": right, "wrong": wrong, "exact": exact}
    values = [float(evaluate(cell, {})) for cell in body.cells]
    cells = [{"id": id, "value": value} for id, value in zip(ids, values, strict=True)]
    return {"rule": "cells", "cells": cells, "rtol": body.rtol, "atol": body.atol, "per_cell": body.per_cell}
