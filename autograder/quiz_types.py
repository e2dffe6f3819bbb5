"""The words of quizzes, as frozen dataclasses.

Covers a quiz as its author wrote it (`Quiz`, with its key), what a student is shown of it (`StudentQuiz`, which has no
field that could hold an answer) and what a student answered (`Response`). Does not cover YAML, marking or pages.

A `Quiz` may have parameters, and then its texts hold `{{name}}` and its expressions name them. `settle` of
`autograder.pure.quizzes.variants` replaces them by drawn values: marking and every face work on settled quizzes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from autograder.types import NOTHING, Language, Text

QuestionType = Literal[
    "single", "multiple", "bool", "numeric", "text", "cloze", "match", "order", "tensor", "shape", "output", "hotspot",
    "essay",
]  # fmt: skip
Mode = Literal["practice", "graded", "survey"]
Keep = Literal["best", "last", "mean"]
TickScoring = Literal["balanced", "all-or-nothing"]
OrderScoring = Literal["lcs", "positions", "all-or-nothing"]
Number = int | float
Drawn = Mapping[str, Mapping[str, Number]]
"""Drawn values per question and parameter: `{"kv": {"L": 12}}`."""


@dataclass(frozen=True)
class Item:
    """Something to choose, match or order. Ids are neutral: they tell nothing of the key."""

    id: str
    text: Text


@dataclass(frozen=True)
class Choice(Item):
    """A choice with its key; `why` explains it, `misconception` is what choosing it wrongly shows."""

    correct: bool = False
    why: Text = NOTHING
    misconception: str | None = None


@dataclass(frozen=True)
class Choices:
    """Types `single`, `multiple` and `bool` (choices `true` and `false`). In a survey, none is correct."""

    choices: tuple[Choice, ...]
    many: bool
    scoring: TickScoring = "balanced"


@dataclass(frozen=True)
class Trap:
    """A wrong number that is recognised, why it is wrong, and what it shows."""

    expr: str
    why: Text
    misconception: str | None = None


@dataclass(frozen=True)
class Numeric:
    """A number within `atol + rtol * |answer|`, in `unit` or one of the units `accept`."""

    expr: str
    rtol: float = 0.0
    atol: float = 0.0
    unit: str | None = None
    accept: tuple[str, ...] = ()
    traps: tuple[Trap, ...] = ()


@dataclass(frozen=True)
class Accept:
    """A written answer: it equals one of `texts`, or the whole of it matches `regex`. `credit` 0 is a trap."""

    texts: tuple[str, ...] = ()
    regex: str | None = None
    ignore_case: bool = True
    credit: float = 1.0
    why: Text = NOTHING
    misconception: str | None = None


@dataclass(frozen=True)
class Written:
    """Type `text`: the first entry that fits says what the answer is worth."""

    accept: tuple[Accept, ...]


@dataclass(frozen=True)
class Select:
    """A blank of a cloze that is filled from a list."""

    options: tuple[Item, ...]
    answer: str


@dataclass(frozen=True)
class Blank:
    """A blank of a cloze; it stands in the prompt as `{{id}}`."""

    id: str
    body: Numeric | Written | Select


@dataclass(frozen=True)
class Cloze:
    blanks: tuple[Blank, ...]


@dataclass(frozen=True)
class Match:
    """`key` maps the id of every left item to that of its right item; some right items may be distractors."""

    lefts: tuple[Item, ...]
    rights: tuple[Item, ...]
    key: Mapping[str, str]


@dataclass(frozen=True)
class Order:
    """`items` stand in a neutral order; `key` is the right one."""

    items: tuple[Item, ...]
    key: tuple[str, ...]
    scoring: OrderScoring = "lcs"


@dataclass(frozen=True)
class Tensor:
    """A vector or matrix to fill in; `cells` are expressions, or `true` and `false`, row by row.

    `code` computes it: it leaves the value in a variable `answer`.
    """

    shape: tuple[int, ...]
    cells: tuple[str, ...]
    boolean: bool
    rtol: float = 0.0
    atol: float = 0.0
    per_cell: bool = False
    code: str | None = None


@dataclass(frozen=True)
class Shape:
    """A tensor's shape; a dimension is an expression over names the student writes too: `("B", "H", "T*2")`."""

    dims: tuple[str, ...]


@dataclass(frozen=True)
class Output:
    """What `code` prints, line ends and trailing spaces aside; its last expression prints as in a notebook."""

    code: str
    answer: str


@dataclass(frozen=True)
class Region:
    """A rectangle of an SVG that can be picked, in the units of its view box; `label` names it for those who listen."""

    id: str
    label: Text
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Drawing:
    """An SVG with regions; `alt` says what it shows."""

    svg: str
    alt: Text
    regions: tuple[Region, ...]

    @property
    def targets(self) -> tuple[Item, ...]:
        return tuple(Item(each.id, each.label) for each in self.regions)


@dataclass(frozen=True)
class Matrix:
    """A table whose cells can be picked; the id of a cell is `row,column`, from 0. `cells` show text or nothing."""

    rows: tuple[Text, ...]
    columns: tuple[Text, ...]
    cells: tuple[tuple[str, ...], ...] = ()

    @property
    def targets(self) -> tuple[Item, ...]:
        return tuple(
            Item(f"{r},{c}", Text(f"{row.en}, {column.en}", f"{row.fr}, {column.fr}"))
            for r, row in enumerate(self.rows)
            for c, column in enumerate(self.columns)
        )


@dataclass(frozen=True)
class Listing:
    """Lines of code that can be picked; the id of a line is its number, from 1."""

    code: str

    @property
    def targets(self) -> tuple[Item, ...]:
        return tuple(
            Item(str(number), Text(f"line {number}: {line.strip()}", f"ligne {number} : {line.strip()}"))
            for number, line in enumerate(self.code.splitlines(), 1)
            if line.strip()
        )


Picture = Drawing | Matrix | Listing


@dataclass(frozen=True)
class Miss:
    """A wrong target that is recognised."""

    target: str
    why: Text
    misconception: str | None = None


@dataclass(frozen=True)
class Hotspot:
    """Targets of a picture to point at; `many` says that several may be picked."""

    picture: Picture
    correct: tuple[str, ...]
    many: bool
    scoring: TickScoring = "balanced"
    traps: tuple[Miss, ...] = ()


@dataclass(frozen=True)
class Criterion:
    """One thing a person looks for in an essay, and what it earns."""

    id: str
    points: float
    text: Text


@dataclass(frozen=True)
class Essay:
    """Marked by a person; in a survey the rubric is empty."""

    rubric: tuple[Criterion, ...]


Body = Choices | Numeric | Written | Cloze | Match | Order | Tensor | Shape | Output | Hotspot | Essay


@dataclass(frozen=True)
class Param:
    """A drawn value of a question: one of `values`, all alike likely."""

    name: str
    values: Sequence[Number]


@dataclass(frozen=True)
class Question:
    """One question with its key. `why` explains the answer; choices carry explanations of their own."""

    id: str
    type: QuestionType
    prompt: Text
    body: Body
    points: float = 1.0
    why: Text = NOTHING
    hints: tuple[Text, ...] = ()
    tags: tuple[str, ...] = ()
    params: tuple[Param, ...] = ()


@dataclass(frozen=True)
class Misconception:
    """A known misunderstanding and the lesson that clears it up (a slug of `course/lessons/`, or None)."""

    id: str
    title: Text
    lesson: str | None = None


@dataclass(frozen=True)
class Attempts:
    """`most` 0 is without end. The n-th attempt earns `1 - penalty * (n - 1)` of its marks, never below 0."""

    most: int = 1
    keep: Keep = "best"
    penalty: float = 0.0


@dataclass(frozen=True)
class Quiz:
    """A quiz as its author wrote it, with its key; never given to students unless its mode is `practice`.

    `edition` is the author's number: raising it draws new variants. `version` changes with any byte of the file.
    `shared_variants`: all students see the same drawn values.
    """

    id: str
    title: Text
    mode: Mode
    questions: tuple[Question, ...]
    attempts: Attempts
    edition: int
    version: str
    shared_variants: bool = False
    shuffle_questions: bool = False
    shuffle_choices: bool = True
    misconceptions: Mapping[str, Misconception] = field(default_factory=dict)

    @property
    def points(self) -> float:
        return sum(question.points for question in self.questions)

    def question(self, id: str) -> Question:
        return next(each for each in self.questions if each.id == id)


@dataclass(frozen=True)
class Options:
    """What a student sees of `single`, `multiple` and `bool`."""

    choices: tuple[Item, ...]
    many: bool


@dataclass(frozen=True)
class Line:
    """A line to write: `numeric`, `text`, `shape`, `output`; `unit` is the one asked for, `code` what is asked about.

    An output may have several lines (`tall`).
    """

    unit: str | None = None
    code: str | None = None
    tall: bool = False


@dataclass(frozen=True)
class Gap:
    """A blank to fill: from `options` when there are any, else by writing."""

    id: str
    options: tuple[Item, ...] = ()
    unit: str | None = None


@dataclass(frozen=True)
class Gaps:
    """What a student sees of `cloze`; each gap stands in the prompt as `{{id}}`."""

    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class Columns:
    """What a student sees of `match`: each left item takes one of the right items; a right one may serve twice."""

    lefts: tuple[Item, ...]
    rights: tuple[Item, ...]


@dataclass(frozen=True)
class Pile:
    """What a student sees of `order`."""

    items: tuple[Item, ...]


@dataclass(frozen=True)
class Grid:
    """What a student sees of `tensor`: cells `row,column` (or `column` of a vector) to write in, or to switch on."""

    shape: tuple[int, ...]
    boolean: bool

    @property
    def cells(self) -> tuple[str, ...]:
        if len(self.shape) == 1:
            return tuple(str(column) for column in range(self.shape[0]))
        return tuple(f"{row},{column}" for row in range(self.shape[0]) for column in range(self.shape[1]))


@dataclass(frozen=True)
class Targets:
    """What a student sees of `hotspot`."""

    picture: Picture
    many: bool


@dataclass(frozen=True)
class Sheet:
    """What a student sees of `essay`: room for a text."""


StudentBody = Options | Line | Gaps | Columns | Pile | Grid | Targets | Sheet


@dataclass(frozen=True)
class StudentQuestion:
    id: str
    type: QuestionType
    prompt: Text
    body: StudentBody
    points: float
    hints: tuple[Text, ...]


@dataclass(frozen=True)
class StudentQuiz:
    """What a student is shown of a quiz for one attempt: nowhere in it is there a field for an answer.

    `student` is empty when the same is given to all; `drawn` are the values that stand in the texts.
    """

    id: str
    title: Text
    mode: Mode
    edition: int
    attempts: Attempts
    student: str
    attempt: int
    drawn: Drawn
    questions: tuple[StudentQuestion, ...]

    @property
    def points(self) -> float:
        return sum(question.points for question in self.questions)


@dataclass(frozen=True)
class Picked:
    """Ids chosen: `single`, `multiple`, `bool`, `hotspot`; for `order`, all items in the student's order."""

    ids: tuple[str, ...]


@dataclass(frozen=True)
class Typed:
    """Text as it was written: `numeric`, `text`, `shape`, `output`, `essay`."""

    text: str


@dataclass(frozen=True)
class Filled:
    """Text or id per slot: `cloze` (blank), `match` (left item -> right item), `tensor` (cell, as `Grid.cells`)."""

    slots: Mapping[str, str]


Answer = Picked | Typed | Filled


@dataclass(frozen=True)
class Response:
    """What a student answered in one attempt; questions left out are not in `answers`."""

    quiz: str
    edition: int
    student: str
    attempt: int
    language: Language
    answers: Mapping[str, Answer]
    drawn: Drawn
    finished_at: datetime


@dataclass(frozen=True)
class Mark:
    """What one answer earns. `credit` is 0..1, None while a person has still to mark it.

    `remarks` answer what the student chose or wrote, without telling the key of what they did not; `misconceptions`
    are what it shows, the clearest first.
    """

    question: str
    credit: float | None
    max_points: float
    answered: bool
    remarks: tuple[Text, ...] = ()
    misconceptions: tuple[str, ...] = ()

    @property
    def points(self) -> float:
        return (self.credit or 0.0) * self.max_points
