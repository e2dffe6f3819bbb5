"""What a student is shown of a quiz: drawn, shuffled, and without its key.

Covers building a `StudentQuiz`, type by type, from what may be seen alone. Does not cover its file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from autograder.pure.quizzes.variants import dice, draw, settle
from autograder.pure.seed import Dice
from autograder.quiz_types import (
    Blank,
    Choices,
    Cloze,
    Columns,
    Essay,
    Gap,
    Gaps,
    Grid,
    Hotspot,
    Item,
    Line,
    Match,
    Numeric,
    Options,
    Order,
    Output,
    Pile,
    Question,
    Quiz,
    Select,
    Shape,
    Sheet,
    StudentBody,
    StudentQuestion,
    StudentQuiz,
    Targets,
    Tensor,
    Written,
)


def student_quiz(quiz: Quiz, secret: bytes, student: str = "", attempt: int = 1) -> StudentQuiz:
    """The quiz as one student sees it in one attempt; with no student, as all do when they share its variants."""
    drawn = draw(quiz, secret, student, attempt)
    # Hints help in practice; elsewhere they would be part of the key.
    questions = tuple(
        each if quiz.mode == "practice" else replace(each, hints=()) for each in settle(quiz, drawn).questions
    )
    if quiz.shuffle_questions:
        questions = dice(quiz, secret, "", student, attempt).shuffled(questions)
    return StudentQuiz(
        id=quiz.id,
        title=quiz.title,
        mode=quiz.mode,
        edition=quiz.edition,
        attempts=quiz.attempts,
        student="" if quiz.shared_variants else student,
        attempt=attempt,
        drawn=drawn,
        questions=tuple(
            student_question(
                each, dice(quiz, secret, f"{each.id}/order", student, attempt) if quiz.shuffle_choices else None
            )
            for each in questions
        ),
    )


def student_question(question: Question, order: Dice | None) -> StudentQuestion:
    """One settled question without its key; `order` shuffles what may stand in any order."""
    return StudentQuestion(
        id=question.id,
        type=question.type,
        prompt=question.prompt,
        body=_body(question, order),
        points=question.points,
        hints=question.hints,
    )


def _body(question: Question, order: Dice | None) -> StudentBody:
    match question.body:
        case Choices(choices=choices, many=many):
            return Options(_items(choices, order if question.type != "bool" else None), many)
        case Numeric(unit=unit):
            return Line(unit=unit)
        case Written() | Shape():
            return Line()
        case Output(code=code):
            return Line(code=code, tall=True)
        case Cloze(blanks=blanks):
            return Gaps(tuple(_gap(each, order) for each in blanks))
        case Match(lefts=lefts, rights=rights):
            return Columns(_items(lefts, None), _items(rights, order))
        case Order(items=items, key=key):
            return Pile(_out_of_order(_items(items, order), key))
        case Tensor(shape=shape, boolean=boolean):
            return Grid(shape, boolean)
        case Hotspot(picture=picture, many=many):
            return Targets(picture, many)
        case Essay():
            return Sheet()


def _items(items: Sequence[Item], order: Dice | None) -> tuple[Item, ...]:
    """Items as plain items: a choice leaves its key behind."""
    bare = [Item(each.id, each.text) for each in items]
    return order.shuffled(bare) if order else tuple(bare)


def _out_of_order(items: tuple[Item, ...], key: Sequence[str]) -> tuple[Item, ...]:
    """The items, not in the order asked for. Two are left alone: the order shown would tell which one is right."""
    given_away = len(items) > 2 and tuple(each.id for each in items) == tuple(key)
    return (*items[1:], items[0]) if given_away else items


def _gap(blank: Blank, order: Dice | None) -> Gap:
    match blank.body:
        case Select(options=options):
            return Gap(blank.id, _items(options, order))
        case Numeric(unit=unit):
            return Gap(blank.id, unit=unit)
        case Written():
            return Gap(blank.id)
