"""The answer that a key asks for, as a student would give it.

Covers every type whose key is an answer. Does not cover essays, nor texts that only a pattern describes.
"""

from __future__ import annotations

from autograder.pure.quizzes.expression import evaluate
from autograder.quiz_types import (
    Answer,
    Choices,
    Cloze,
    Essay,
    Filled,
    Grid,
    Hotspot,
    Match,
    Numeric,
    Order,
    Output,
    Picked,
    Question,
    Select,
    Shape,
    Tensor,
    Typed,
    Written,
)


def key_answer(question: Question) -> Answer | None:
    """What a student would answer to earn everything, None when that cannot be told. The question is settled."""
    match question.body:
        case Choices(choices=choices):
            return Picked(tuple(each.id for each in choices if each.correct))
        case Hotspot(correct=correct):
            return Picked(correct)
        case Order(key=order):
            return Picked(order)
        case Match(key=pairs):
            return Filled(dict(pairs))
        case Tensor(shape=shape, cells=cells, boolean=boolean):
            written = cells if boolean else tuple(number(each) for each in cells)
            return Filled(dict(zip(Grid(shape, boolean).cells, written, strict=True)))
        case Cloze(blanks=blanks):
            said = {each.id: _blank(each.body) for each in blanks}
            return Filled({id: text for id, text in said.items() if text is not None}) if all(said.values()) else None
        case Numeric() | Written() as body:
            text = _blank(body)
            return Typed(text) if text is not None else None
        case Shape(dims=dims):
            return Typed(f"({', '.join(dims)})")
        case Output(answer=answer):
            return Typed(answer)
        case Essay():
            return None


def number(expr: str) -> str:
    """The value of an expression as one writes it. `number("1/4") -> "0.25"`"""
    return repr(evaluate(expr, {}))


def _blank(body: Numeric | Written | Select) -> str | None:
    match body:
        case Select(answer=answer):
            return answer
        case Numeric(expr=expr):
            return number(expr)
        case Written(accept=accept):
            return next((each.texts[0] for each in accept if each.credit == 1 and each.texts), None)
