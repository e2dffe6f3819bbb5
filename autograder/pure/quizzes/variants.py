"""Variants: what is drawn for one attempt, and the quiz with the drawn values in it.

Covers the seed, the draw, texts and expressions. Does not cover what students see of it (`release`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from autograder.pure.quizzes.expression import evaluate
from autograder.pure.seed import Dice, seed_of
from autograder.quiz_types import Drawn, Number, Question, Quiz
from autograder.types import Text

PLACEHOLDER = re.compile(r"\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}")
_MATH = re.compile(r"(\$[^$]+\$)")
_EXPRESSIONS = ("expr", "cells", "dims")
T = TypeVar("T")


def dice(quiz: Quiz, secret: bytes, question: str, student: str, attempt: int) -> Dice:
    """The generator of one question in one attempt; `question` is empty for the order of the questions."""
    who = ("", "1") if quiz.shared_variants else (student, str(attempt))
    return Dice(seed_of(secret, quiz.id, str(quiz.edition), question, *who))


def draw(quiz: Quiz, secret: bytes, student: str, attempt: int) -> Drawn:
    """The values of every question that has parameters; the same for the same arguments, for ever."""
    drawn: dict[str, dict[str, Number]] = {}
    for question in quiz.questions:
        if question.params:
            own = dice(quiz, secret, question.id, student, attempt)
            drawn[question.id] = {param.name: own.pick(param.values) for param in question.params}
    return drawn


def own_values(quiz: Quiz) -> bool:
    """Whether each student has values of their own, so that no paper serves two."""
    return quiz.mode == "graded" and not quiz.shared_variants and any(each.params for each in quiz.questions)


def settle(quiz: Quiz, drawn: Drawn) -> Quiz:
    """The quiz with drawn values in texts and expressions, and no parameters. Raises ExpressionError."""
    return replace(quiz, questions=tuple(settled(each, drawn.get(each.id, {})) for each in quiz.questions))


def settled(question: Question, values: Mapping[str, Number]) -> Question:
    """One question with its values. Raises ExpressionError when an expression has no value for them."""
    return replace(_with(question, values), params=()) if question.params else question


def _with(part: T, values: Mapping[str, Number]) -> T:
    """A dataclass, or a tuple of them, with values in its texts and expressions."""
    if isinstance(part, Text):
        return cast(T, Text(_shown(part.en, values, "en"), _shown(part.fr, values, "fr")))
    if isinstance(part, tuple):
        return cast(T, tuple(_with(each, values) for each in part))
    if not is_dataclass(part) or isinstance(part, type):
        return part
    changed: dict[str, Any] = {}
    for each in fields(part):
        value = getattr(part, each.name)
        if each.name == "params":
            continue
        changed[each.name] = _constant(value, values) if each.name in _EXPRESSIONS else _with(value, values)
    return replace(part, **changed)


def _constant(expr: Any, values: Mapping[str, Number]) -> Any:
    """An expression as the text of its value; a dimension that names something else stays as it is."""
    if isinstance(expr, tuple):
        return tuple(_constant(each, values) for each in expr)
    if expr in ("true", "false"):
        return expr
    used = {name: value for name, value in values.items() if re.search(rf"\b{name}\b", expr)}
    return repr(evaluate(expr, values)) if used else expr


def _shown(text: str, values: Mapping[str, Number], language: str) -> str:
    """A text with its placeholders filled; French writes a comma, which LaTeX needs in braces."""

    def number(found: re.Match[str], comma: str) -> str:
        value = values.get(found[1])
        if value is None:
            return found[0]
        return repr(value).replace(".", comma if language == "fr" else ".")

    parts = _MATH.split(text)
    return "".join(
        PLACEHOLDER.sub(lambda found, comma="{,}" if odd % 2 else ",": number(found, comma), part)
        for odd, part in enumerate(parts)
    )
