"""A question bank: what the programs that quizzes are exchanged with have in common.

Covers questions in one language, with their key, in the few kinds that all of these programs know under some name, and
what one of them cannot hold. Texts are HTML with formulas in `\\(…\\)` (`markup`). Does not cover any file format, nor
quizzes of ours: `natural` and `fit` turn one into a bank, `lift` turns a bank into one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from autograder.quiz_types import Keep, Mode, OrderScoring
from autograder.types import Language

Html = str
Level = Literal["aside", "degraded", "lost"]
"""aside: the question is asked and marked the same. degraded: asked or marked otherwise. lost: it is not there."""


@dataclass(frozen=True)
class Loss:
    """What became of something that a format, or a quiz of ours, has no room for; `question` is empty for the whole."""

    question: str
    level: Level
    what: str


@dataclass(frozen=True)
class Option:
    """One of several to choose from. `share` is what ticking it earns of the question's points, -1..1."""

    text: Html
    share: float
    feedback: Html = ""
    id: str = ""


@dataclass(frozen=True)
class Pick:
    """Choose one, or `many`; `exact` pays for exactly the right ones only."""

    options: tuple[Option, ...]
    many: bool = False
    exact: bool = False


@dataclass(frozen=True)
class TrueFalse:
    """True or false; feedback on the right and on the wrong one."""

    answer: bool
    right: Html = ""
    wrong: Html = ""


@dataclass(frozen=True)
class Value:
    """A number within `tolerance`, and what it earns; share 0 is a wrong one that is recognised."""

    number: float
    tolerance: float = 0.0
    share: float = 1.0
    feedback: Html = ""


@dataclass(frozen=True)
class Numbers:
    """Write a number, first value that fits. `units` are names with what one of the asked unit is in them."""

    values: tuple[Value, ...]
    unit: str | None = None
    units: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Word:
    """A written answer and what it earns; share 0 is a wrong one that is recognised."""

    text: str
    share: float = 1.0
    feedback: Html = ""


@dataclass(frozen=True)
class Words:
    """Write a word or a few; `case`: capitals count."""

    words: tuple[Word, ...]
    case: bool = False


@dataclass(frozen=True)
class Gaps:
    """Fill the gaps `{{id}}` of the question's text, each worth the same."""

    gaps: tuple[tuple[str, Pick | Numbers | Words], ...]


@dataclass(frozen=True)
class Pairs:
    """Give every left text its right one; `extra` right ones belong to none."""

    pairs: tuple[tuple[Html, Html], ...]
    extra: tuple[Html, ...] = ()


@dataclass(frozen=True)
class Ordering:
    """Put in order; `items` stand in the right one."""

    items: tuple[Html, ...]
    scoring: OrderScoring = "all-or-nothing"


@dataclass(frozen=True)
class Spot:
    """A rectangle of a picture (x, y, width, height) and what pointing at it earns."""

    id: str
    label: Html
    box: tuple[float, float, float, float]
    share: float
    feedback: Html = ""


@dataclass(frozen=True)
class Spots:
    """Point at one region of the question's picture, or at `many`."""

    spots: tuple[Spot, ...]
    many: bool = False
    exact: bool = False


@dataclass(frozen=True)
class Open:
    """Write freely; a person marks it, and `rubric` says how."""

    rubric: Html = ""


Body = Pick | TrueFalse | Numbers | Words | Gaps | Pairs | Ordering | Spots | Open


@dataclass(frozen=True)
class Picture:
    """An SVG that stands below a question's text; `alt` says what it shows."""

    svg: str
    alt: str


@dataclass(frozen=True)
class Item:
    """One question. Of all items that name the same `group`, a student gets one."""

    id: str
    text: Html
    body: Body
    points: float = 1.0
    why: Html = ""
    hints: tuple[Html, ...] = ()
    tags: tuple[str, ...] = ()
    picture: Picture | None = None
    group: str = ""


@dataclass(frozen=True)
class Settings:
    """How a quiz is taken; `attempts` 0 is without end."""

    mode: Mode = "graded"
    attempts: int = 1
    keep: Keep = "best"
    shuffle_questions: bool = False
    shuffle_choices: bool = True


@dataclass(frozen=True)
class Bank:
    """A quiz as other programs know it."""

    id: str
    title: str
    language: Language
    items: tuple[Item, ...]
    settings: Settings = Settings()


@dataclass(frozen=True)
class Abilities:
    """What a format can say; `name` is how messages call it.

    ids: options have ids. grades: shares must be among those that Moodle takes. exact, balanced: ticks that pay all or
    nothing, or that cost a share. gaps: any mixture in one question, all of a kind, or none; gap_points: a gap is
    always worth a point. orders: scorings of a sequence. markup: right sides and lists hold HTML. remarks: wrong
    numbers and words are answered. credit: a written answer may earn a part. case: capitals may count. arrows: a
    written answer may hold `->`. draws: one of several variants is drawn. settings: which of `Settings`. survey:
    questions without a right answer.
    """

    name: str
    ids: bool = False
    grades: bool = False
    exact: bool = False
    balanced: bool = True
    gaps: Literal["any", "alike", "none"] = "any"
    gap_points: bool = False
    orders: tuple[OrderScoring, ...] = ()
    markup: bool = False
    spots: bool = False
    pictures: bool = True
    units: bool = False
    remarks: bool = True
    credit: bool = True
    case: bool = True
    arrows: bool = True
    hints: bool = False
    tags: bool = False
    points: bool = True
    rubric: bool = False
    draws: bool = True
    survey: bool = False
    settings: tuple[str, ...] = ()


def balanced(right: int, wrong: int, many: bool = True) -> tuple[float, float]:
    """What a right and a wrong tick earn. `balanced(2, 4) -> (0.5, -0.25)`; of one alone, 1 and 0."""
    if not many or not right:
        return float(right > 0), 0.0
    return 1 / right, -1 / wrong if wrong else 0.0


def distinct(ids: Sequence[str]) -> tuple[str, ...]:
    """Ids made different: `distinct(("a", "a")) -> ("a", "a-2")`."""
    taken: list[str] = []
    for id in ids:
        new, count = id, 1
        while new in taken:
            count += 1
            new = f"{id}-{count}"
        taken.append(new)
    return tuple(taken)


def slug(name: str, fallback: str) -> str:
    """An id made of a name. `slug("Why divide?", "q1") -> "why-divide"`; nothing of it left, the fallback."""
    if re.fullmatch(r"[a-z0-9]+([-_][a-z0-9]+)*", name) and len(name) <= 60:
        return name
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters)[:60].strip("-") or fallback


def written(number: float) -> str:
    """A number as every program reads it, exactly. `written(15.0) -> "15"`"""
    return repr(float(number)).removesuffix(".0")
