"""What guessing earns: the expected mark of someone who picks at random.

Covers every type exactly, orders beyond seven items by sampling with a seed of its own. Free text earns nothing.
"""

from __future__ import annotations

from itertools import permutations
from math import comb

from autograder.pure.quizzes.marking import mark, ticked
from autograder.pure.seed import Dice
from autograder.quiz_types import (
    Choices,
    Cloze,
    Hotspot,
    Match,
    Order,
    Picked,
    Question,
    Quiz,
    Select,
    Tensor,
    TickScoring,
)

_EXACT_ITEMS = 7
_SAMPLES = 2000


def random_mark(quiz: Quiz) -> float:
    """Expected share of a quiz's points for random ticks, picks and orders, 0..1; 0 for a quiz without points."""
    return sum(random_credit(each) * each.points for each in quiz.questions) / quiz.points if quiz.points else 0.0


def random_credit(question: Question) -> float:
    """Expected credit of a random answer. Two right and two wrong choices, balanced -> 0.1875"""
    match question.body:
        case Choices(choices=choices, many=many, scoring=scoring):
            right = sum(each.correct for each in choices)
            return ticks(right, len(choices) - right, scoring) if many else 1 / len(choices)
        case Hotspot(picture=picture, correct=correct, many=many, scoring=scoring):
            targets = len(picture.targets)
            return ticks(len(correct), targets - len(correct), scoring) if many else 1 / targets
        case Tensor(cells=cells, boolean=True, per_cell=per_cell):
            on = cells.count("true")
            return ticks(on, len(cells) - on, "balanced" if per_cell else "all-or-nothing")
        case Cloze(blanks=blanks):
            selects = [each.body for each in blanks if isinstance(each.body, Select)]
            return sum(1 / len(each.options) for each in selects) / len(blanks)
        case Match(rights=rights):
            return 1 / len(rights)
        case Order():
            return _order(question, question.body)
    return 0.0


def ticks(right: int, wrong: int, scoring: TickScoring) -> float:
    """Expected credit when each choice is ticked with probability one half."""
    rights, wrongs = ([f"{kind}{n}" for n in range(count)] for kind, count in (("r", right), ("w", wrong)))
    total = sum(
        comb(right, hits) * comb(wrong, misses) * ticked([*rights[:hits], *wrongs[:misses]], rights, wrongs, scoring)
        for hits in range(right + 1)
        for misses in range(wrong + 1)
    )
    return float(total / 2 ** (right + wrong))


def _order(question: Question, body: Order) -> float:
    if len(body.key) <= _EXACT_ITEMS:
        orders = list(permutations(body.key))
    else:
        dice = Dice(0)
        orders = [dice.shuffled(body.key) for _ in range(_SAMPLES)]
    return sum(mark(question, Picked(each), "en").credit or 0.0 for each in orders) / len(orders)
