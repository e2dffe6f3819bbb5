"""Turns a validated quiz file into a `Quiz`.

Covers neutral ids for what is chosen, matched and ordered, and hotspots' pictures. Does not cover whether names agree
(`rules`): it is called when they do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from autograder.adapters.quizzes import model
from autograder.adapters.yaml_model import Bilingual
from autograder.quiz_types import (
    Accept,
    Attempts,
    Blank,
    Body,
    Choice,
    Choices,
    Cloze,
    Criterion,
    Drawing,
    Essay,
    Hotspot,
    Item,
    Listing,
    Match,
    Matrix,
    Misconception,
    Miss,
    Numeric,
    Order,
    Output,
    Param,
    Picture,
    Question,
    Quiz,
    Region,
    Select,
    Shape,
    Tensor,
    Trap,
    Written,
)
from autograder.types import NOTHING, Text

TRUE, FALSE = Text("True", "Vrai"), Text("False", "Faux")


def quiz(
    entry: model.QuizFile, version: str, misconceptions: Mapping[str, Misconception], pictures: Mapping[str, str]
) -> Quiz:
    """The quiz of a file; `pictures` holds the text of every SVG it names."""
    attempts = entry.attempts
    return Quiz(
        id=entry.id,
        title=entry.title.text(),
        mode=entry.mode,
        questions=tuple(question(each, pictures) for each in entry.questions),
        attempts=Attempts(attempts.max or (0 if entry.mode == "practice" else 1), attempts.keep, attempts.penalty),
        edition=entry.edition,
        version=version,
        shared_variants=entry.variants == "shared",
        shuffle_questions=entry.shuffle.questions,
        shuffle_choices=entry.shuffle.choices,
        misconceptions=misconceptions,
    )


def question(entry: model.AnyQuestion, pictures: Mapping[str, str]) -> Question:
    made = body(entry, pictures)
    rubric = made.rubric if isinstance(made, Essay) else ()
    points = entry.points or sum(each.points for each in rubric) or 1.0
    return Question(
        id=entry.id,
        type=entry.type,
        prompt=entry.prompt.text(),
        body=made,
        points=points,
        why=_said(entry.why),
        hints=tuple(each.text() for each in entry.hints),
        tags=tuple(entry.tags),
        params=tuple(Param(name, values(each)) for name, each in entry.params.items()),
    )


def values(entry: model.ParamEntry) -> Sequence[int | float]:
    """What a parameter may be: `{int: [512, 2048], step: 512}` -> 512, 1024, 1536, 2048."""
    if entry.choice is not None:
        return tuple(entry.choice)
    low, high = entry.int_ or (0, 0)
    return range(low, high + 1, entry.step or 1)


def body(entry: model.AnyQuestion, pictures: Mapping[str, str]) -> Body:
    match entry:
        case model.Single():
            return Choices(_choices(entry.choices), many=False)
        case model.Multiple():
            return Choices(_choices(entry.choices), many=True, scoring=entry.scoring)
        case model.TrueFalse():
            return _true_false(entry)
        case model.NumericQuestion():
            return numeric(entry.answer, entry.traps)
        case model.TextQuestion():
            return written(entry.accept, entry.traps)
        case model.ClozeQuestion():
            return Cloze(tuple(Blank(name, _blank(each)) for name, each in entry.blanks.items()))
        case model.MatchQuestion():
            return _match(entry)
        case model.OrderQuestion():
            texts = [each.text() for each in entry.items]
            items = neutral(texts)
            by_text = {each.text: each.id for each in items}
            return Order(items, tuple(by_text[text] for text in texts), entry.scoring)
        case model.TensorQuestion():
            return _tensor(entry)
        case model.ShapeQuestion():
            return Shape(tuple(str(each) for each in entry.answer))
        case model.OutputQuestion():
            return Output(entry.code, entry.answer)
        case model.HotspotQuestion():
            return _hotspot(entry, pictures)
        case model.EssayQuestion():
            return Essay(tuple(Criterion(each.id, each.points, _said(each.text)) for each in entry.rubric))


def neutral(texts: Sequence[Text]) -> tuple[Item, ...]:
    """Items in the order of their English text, each once: neither their ids nor their order tells the key."""
    ordered = sorted(dict.fromkeys(texts), key=lambda text: (text.en, text.fr))
    return tuple(Item(f"i{number}", text) for number, text in enumerate(ordered, 1))


def numeric(answer: model.NumericAnswer, traps: Sequence[model.TrapEntry]) -> Numeric:
    return Numeric(
        expr=answer.expr if answer.expr is not None else repr(answer.value),
        rtol=answer.rtol,
        atol=answer.atol,
        unit=answer.unit,
        accept=tuple(answer.accept),
        traps=tuple(Trap(each.expr, each.why.text(), each.misconception) for each in traps),
    )


def written(accept: Sequence[model.AcceptEntry], traps: Sequence[model.TextTrap]) -> Written:
    """Traps come last: an answer that is accepted is never one."""
    return Written((*(_accept(each, each.credit) for each in accept), *(_accept(each, 0.0) for each in traps)))


def target(value: Any) -> str:
    """A target's id as a quiz file writes it: `[0, 2] -> "0,2"`, `3 -> "3"`, `softmax -> "softmax"`."""
    return ",".join(str(each) for each in value) if isinstance(value, list) else str(value)


def cells(value: list[Any]) -> tuple[tuple[int, ...], tuple[Any, ...]]:
    """Shape and flat cells of a nested list. Raises ValueError when it is ragged, empty or deeper than a matrix."""
    if not value:
        raise ValueError("it is empty")
    if not any(isinstance(each, list) for each in value):
        return (len(value),), tuple(value)
    if not all(isinstance(each, list) for each in value) or len({len(each) for each in value}) > 1 or not value[0]:
        raise ValueError("its rows are not of one length")
    flat = tuple(cell for row in value for cell in row)
    if any(isinstance(each, list) for each in flat):
        raise ValueError("it has more than two dimensions")
    return (len(value), len(value[0])), flat


def _said(text: Bilingual | None) -> Text:
    return text.text() if text else NOTHING


def _choices(entries: Sequence[model.ChoiceEntry]) -> tuple[Choice, ...]:
    """Choices without an id get a letter by the order of their texts, which tells nothing of the key."""
    unnamed = sorted((each.text.text().en, index) for index, each in enumerate(entries) if each.id is None)
    taken = {each.id for each in entries}
    letters = [letter for letter in "abcdefghijklmnopqrstuvwxyz" if letter not in taken]
    given = {index: letter for (_, index), letter in zip(unnamed, letters, strict=False)}
    return tuple(
        Choice(each.id or given[index], each.text.text(), each.correct, _said(each.why), each.misconception)
        for index, each in enumerate(entries)
    )


def _true_false(entry: model.TrueFalse) -> Choices:
    return Choices(
        tuple(
            Choice(id, text, entry.answer is value, _said(entry.why), entry.misconception)
            if entry.answer is not value
            else Choice(id, text, True, _said(entry.why))
            for id, text, value in (("true", TRUE, True), ("false", FALSE, False))
        ),
        many=False,
    )


def _accept(entry: model.AcceptEntry | model.TextTrap, credit: float) -> Accept:
    ignore_case = entry.flags == "i" or (entry.flags is None and entry.regex is None)
    texts = tuple(dict.fromkeys((entry.text.text().en, entry.text.text().fr))) if entry.text else ()
    return Accept(texts, entry.regex, ignore_case, credit, _said(entry.why), entry.misconception)


def _blank(entry: model.NumericBlank | model.TextBlank | model.SelectBlank) -> Numeric | Written | Select:
    match entry:
        case model.NumericBlank():
            return numeric(entry.answer, entry.traps)
        case model.TextBlank():
            return written(entry.accept, entry.traps)
        case model.SelectBlank():
            return Select(tuple(Item(each.id, each.text.text()) for each in entry.options), entry.answer)


def _match(entry: model.MatchQuestion) -> Match:
    lefts = tuple(Item(f"l{number}", pair[0].text()) for number, pair in enumerate(entry.pairs, 1))
    rights = neutral([*(pair[1].text() for pair in entry.pairs), *(each.text() for each in entry.distractors)])
    by_text = {each.text: each.id for each in rights}
    key = {left.id: by_text[pair[1].text()] for left, pair in zip(lefts, entry.pairs, strict=True)}
    return Match(lefts, rights, key)


def _tensor(entry: model.TensorQuestion) -> Tensor:
    answer = entry.answer
    shape, flat = cells(answer.value)
    boolean = all(isinstance(each, bool) for each in flat)
    written = tuple(str(each).lower() if boolean else each if isinstance(each, str) else repr(each) for each in flat)
    return Tensor(shape, written, boolean, answer.rtol, answer.atol, answer.per_cell, entry.code)


def _hotspot(entry: model.HotspotQuestion, pictures: Mapping[str, str]) -> Hotspot:
    return Hotspot(
        picture=picture(entry, pictures),
        correct=tuple(target(each) for each in entry.answer),
        many=entry.many,
        scoring=entry.scoring,
        traps=tuple(Miss(target(each.at), each.why.text(), each.misconception) for each in entry.traps),
    )


def picture(entry: model.HotspotQuestion, pictures: Mapping[str, str]) -> Picture:
    if entry.svg is not None:
        regions = tuple(Region(each.id, each.label.text(), *(float(n) for n in each.box)) for each in entry.regions)
        return Drawing(pictures.get(entry.svg, ""), _said(entry.alt), regions)
    if entry.matrix is not None:
        rows, columns = ([each.text() for each in side] for side in (entry.matrix.rows, entry.matrix.columns))
        return Matrix(tuple(rows), tuple(columns), tuple(tuple(row) for row in entry.matrix.cells))
    return Listing(entry.code or "")
