"""Marking: what an answer to a settled question earns, why, and what it shows.

Covers every type but the judgement of essays, which wait for a person. Deterministic: the same answer earns the same,
always within 0 and the question's points. An answer of the wrong kind, as a forged file may hold, earns nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from autograder.pure.quizzes import units
from autograder.pure.quizzes.dimensions import read_shape, same_dimension
from autograder.pure.quizzes.expression import evaluate
from autograder.pure.quizzes.numbers import Quantity, read_number
from autograder.pure.quizzes.wording import fits, same_output
from autograder.quiz_types import (
    Answer,
    Choices,
    Cloze,
    Essay,
    Filled,
    Grid,
    Hotspot,
    Mark,
    Match,
    Numeric,
    Order,
    Output,
    Picked,
    Question,
    Select,
    Shape,
    Tensor,
    TickScoring,
    Typed,
    Written,
)
from autograder.types import LANGUAGES, NOTHING, Language, Text

T = TypeVar("T")
ROUNDING = 1e-9  # of relative difference that counts as equal, for answers that were computed in floating point
SWITCHED_ON = ("true", "1", "on", "vrai")
UNREADABLE = Text("This could not be read as a number.", "Ceci n'a pas pu être lu comme un nombre.")
OTHER_RANK = Text("The number of dimensions is another one.", "Le nombre de dimensions est différent.")
ALONE = Text("Give the number alone.", "Donnez le nombre seul.")
WAITS = Text("A person will read this answer.", "Cette réponse sera lue par une personne.")


@dataclass(frozen=True)
class Worth:
    """The credit of a part of an answer, 0..1, with what there is to say about it."""

    credit: float | None
    remarks: tuple[Text, ...] = ()
    misconceptions: tuple[str, ...] = ()


def mark(question: Question, answer: Answer | None, language: Language) -> Mark:
    """What an answer earns. `language` decides how numbers are read; None is no answer and earns 0."""
    if answer is None or not _given(answer):
        return Mark(question.id, 0.0, question.points, answered=False)
    worth = _RULES[type(question.body)](question.body, answer, language)
    remarks = worth.remarks
    if worth.credit == 1 and question.why != NOTHING:
        remarks = (*remarks, question.why)
    return Mark(
        question=question.id,
        credit=worth.credit if worth.credit is None else min(max(worth.credit, 0.0), 1.0),
        max_points=question.points,
        answered=True,
        remarks=tuple(dict.fromkeys(each for each in remarks if each != NOTHING)),
        misconceptions=tuple(dict.fromkeys(worth.misconceptions)),
    )


def ticked(picked: Iterable[T], right: Collection[T], wrong: Collection[T], scoring: TickScoring) -> float:
    """Credit of ticks: +1/right each, -1/wrong each, at least 0; or 1 for exactly the right ones.

    `ticked({"a", "b"}, {"a"}, {"b", "c"}, "balanced") -> 0.5`
    """
    hits, misses = len(set(picked) & set(right)), len(set(picked) & set(wrong))
    if scoring == "all-or-nothing" or not right or not wrong:
        return float(hits == len(right) and misses == 0)
    return max(0.0, hits / len(right) - misses / len(wrong))


def longest_run(order: Sequence[str], key: Sequence[str]) -> int:
    """Length of the longest common subsequence. `longest_run("cabd", "abcd") -> 3`"""
    row = [0] * (len(key) + 1)
    for item in order:
        diagonal = 0
        for place, expected in enumerate(key, 1):
            above = row[place]
            row[place] = diagonal + 1 if item == expected else max(above, row[place - 1])
            diagonal = above
    return row[-1]


def close(value: float, expected: float, rtol: float, atol: float) -> bool:
    """Whether a number is within the tolerance of the expected one."""
    return abs(value - expected) <= atol + max(rtol, ROUNDING) * abs(expected)


def _given(answer: Answer) -> bool:
    match answer:
        case Picked(ids=ids):
            return bool(ids)
        case Typed(text=text):
            return bool(text.strip())
        case Filled(slots=slots):
            return any(value.strip() for value in slots.values())


def _choices(body: Choices, answer: Answer, _: Language) -> Worth:
    if not isinstance(answer, Picked):
        return Worth(0.0)
    chosen = [choice for choice in body.choices if choice.id in answer.ids]
    right = [choice.id for choice in body.choices if choice.correct]
    if body.many:
        wrong = [choice.id for choice in body.choices if not choice.correct]
        credit = ticked(answer.ids, right, wrong, body.scoring)
    else:
        credit = float(list(answer.ids) == right)
    shown = tuple(choice.misconception for choice in chosen if choice.misconception and not choice.correct)
    return Worth(credit, tuple(choice.why for choice in chosen), shown)


def _hotspot(body: Hotspot, answer: Answer, _: Language) -> Worth:
    if not isinstance(answer, Picked):
        return Worth(0.0)
    wrong = [each.id for each in body.picture.targets if each.id not in body.correct]
    exact = float(answer.ids == body.correct)
    credit = ticked(answer.ids, body.correct, wrong, body.scoring) if body.many else exact
    sprung = [trap for trap in body.traps if trap.target in answer.ids]
    return Worth(credit, tuple(trap.why for trap in sprung), _shown(sprung))


def _numeric(body: Numeric, answer: Answer, language: Language) -> Worth:
    return _number(body, answer.text, language) if isinstance(answer, Typed) else Worth(0.0)


def _number(body: Numeric, text: str, language: Language) -> Worth:
    quantity = read_number(text, language)
    if quantity is None:
        return Worth(0.0, (UNREADABLE,))
    value = _in_unit(quantity, body)
    if isinstance(value, Text):
        return Worth(0.0, (value,))
    if close(value, float(evaluate(body.expr, {})), body.rtol, body.atol):
        return Worth(1.0)
    sprung = [trap for trap in body.traps if close(value, float(evaluate(trap.expr, {})), body.rtol, body.atol)]
    return Worth(0.0, tuple(trap.why for trap in sprung), _shown(sprung))


def _in_unit(quantity: Quantity, body: Numeric) -> float | Text:
    """The number in the unit asked for, or why it cannot be."""
    if quantity.unit is None or (quantity.unit == "%" and body.unit is None):
        return quantity.value
    if body.unit is not None:
        for unit in (body.unit, *body.accept):
            if units.same(quantity.unit, unit):
                return units.convert(quantity.value, unit, body.unit)
    return unit_asked(body)


def unit_asked(body: Numeric) -> Text:
    """What is said to a number in another unit than those asked for."""
    if body.unit is None:
        return ALONE
    en, fr = (", ".join(units.spelled(each, said) for each in (body.unit, *body.accept)) for said in LANGUAGES)
    return Text(f"Give the number in {en}.", f"Donnez le nombre en {fr}.")


def _written(body: Written, answer: Answer, _: Language) -> Worth:
    return _words(body, answer.text) if isinstance(answer, Typed) else Worth(0.0)


def _words(body: Written, text: str) -> Worth:
    for accept in body.accept:
        if fits(text, accept):
            return Worth(accept.credit, (accept.why,), (accept.misconception,) if accept.misconception else ())
    return Worth(0.0)


def _cloze(body: Cloze, answer: Answer, language: Language) -> Worth:
    if not isinstance(answer, Filled):
        return Worth(0.0)
    parts = []
    for blank in body.blanks:
        text = answer.slots.get(blank.id, "")
        match blank.body:
            case Select(answer=key):
                parts.append(Worth(float(text == key)))
            case _ if not text.strip():
                parts.append(Worth(0.0))
            case Numeric() as number:
                parts.append(_number(number, text, language))
            case Written() as words:
                parts.append(_words(words, text))
    return Worth(
        sum(part.credit or 0.0 for part in parts) / len(parts),
        tuple(remark for part in parts for remark in part.remarks),
        tuple(each for part in parts for each in part.misconceptions),
    )


def _match(body: Match, answer: Answer, _: Language) -> Worth:
    if not isinstance(answer, Filled):
        return Worth(0.0)
    return Worth(sum(answer.slots.get(left) == right for left, right in body.key.items()) / len(body.key))


def _order(body: Order, answer: Answer, _: Language) -> Worth:
    if not isinstance(answer, Picked):
        return Worth(0.0)
    order, key = tuple(dict.fromkeys(answer.ids)), body.key
    if order == key or body.scoring == "all-or-nothing":
        return Worth(float(order == key))
    if body.scoring == "positions":
        return Worth(sum(mine == right for mine, right in zip(order, key, strict=False)) / len(key))
    return Worth(max(0, longest_run(order, key) - 1) / (len(key) - 1))


def _tensor(body: Tensor, answer: Answer, language: Language) -> Worth:
    if not isinstance(answer, Filled):
        return Worth(0.0)
    cells = [answer.slots.get(id, "").strip() for id in Grid(body.shape, body.boolean).cells]
    if body.boolean:
        on = [n for n, cell in enumerate(cells) if cell.lower() in SWITCHED_ON]
        right = [n for n, cell in enumerate(body.cells) if cell == "true"]
        wrong = [n for n, cell in enumerate(body.cells) if cell != "true"]
        return Worth(ticked(on, right, wrong, "balanced" if body.per_cell else "all-or-nothing"))
    hits = sum(_cell(body, cell, expr, language) for cell, expr in zip(cells, body.cells, strict=True))
    return Worth(hits / len(cells) if body.per_cell else float(hits == len(cells)))


def _cell(body: Tensor, text: str, expr: str, language: Language) -> bool:
    quantity = read_number(text, language)
    if quantity is None or quantity.unit is not None:
        return False
    return close(quantity.value, float(evaluate(expr, {})), body.rtol, body.atol)


def _shape(body: Shape, answer: Answer, _: Language) -> Worth:
    if not isinstance(answer, Typed):
        return Worth(0.0)
    dims = read_shape(answer.text)
    if len(dims) != len(body.dims):
        return Worth(0.0, (OTHER_RANK,))
    hits = sum(same_dimension(mine, right) for mine, right in zip(dims, body.dims, strict=True))
    return Worth(hits / len(dims) if dims else 1.0)


def _output(body: Output, answer: Answer, _: Language) -> Worth:
    return Worth(float(isinstance(answer, Typed) and same_output(answer.text, body.answer)))


def _essay(body: Essay, answer: Answer, _: Language) -> Worth:
    return Worth(None, (WAITS,)) if isinstance(answer, Typed) else Worth(0.0)


def _shown(sprung: Sequence[Any]) -> tuple[str, ...]:
    return tuple(trap.misconception for trap in sprung if trap.misconception)


_RULES: dict[type, Callable[[Any, Answer, Language], Worth]] = {
    Choices: _choices,
    Hotspot: _hotspot,
    Numeric: _numeric,
    Written: _written,
    Cloze: _cloze,
    Match: _match,
    Order: _order,
    Tensor: _tensor,
    Shape: _shape,
    Output: _output,
    Essay: _essay,
}
