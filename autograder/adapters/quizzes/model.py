"""The pydantic models of a quiz file, and of `misconceptions.yaml` beside it.

Covers keys, kinds of values and the short forms (`prompt: text`, `answer: 15`). Does not cover names that must agree
with one another (`rules`), nor what becomes of it all (`build`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, Field, WithJsonSchema

from autograder.adapters.yaml_model import Bilingual, Strict
from autograder.quiz_types import Keep, Mode, OrderScoring, TickScoring

T = TypeVar("T")
_Id = Field(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$", max_length=60)
Id = Annotated[str, _Id]
Name = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=40)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Tolerance = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Points = Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]
Value = Annotated[int | float, Field(allow_inf_nan=False)]
Expr = Annotated[str, Field(min_length=1)]
_TEXT_SCHEMA = {
    "anyOf": [
        {"type": "string", "minLength": 1},
        {
            "type": "object",
            "properties": {"en": {"type": "string", "minLength": 1}, "fr": {"type": "string", "minLength": 1}},
            "required": ["en", "fr"],
            "additionalProperties": False,
        },
    ]
}


def _text(value: object) -> object:
    if isinstance(value, str):
        return {"en": value, "fr": value}
    if isinstance(value, dict):
        return value
    raise ValueError(f"{_written(value)} is not text. Remedy: put it between quotes, or write {{en: …, fr: …}}.")


def _written(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case list():
            return "a list"
    return str(value)


def _short(key: str, remedy: str, *kinds: type) -> Callable[[Any], Any]:
    """Lets a plain value stand for a mapping of one key: `answer: 15` -> `answer: {value: 15}`."""

    def read(value: Any) -> Any:
        if isinstance(value, dict):
            return value
        if type(value) in kinds:
            return {key: value}
        raise ValueError(f"{_written(value)} cannot stand here. Remedy: {remedy}.")

    return read


TextLike = Annotated[Bilingual, BeforeValidator(_text), WithJsonSchema(_TEXT_SCHEMA)]


class ChoiceEntry(Strict):
    id: Id | None = None
    text: TextLike
    correct: bool = False
    why: TextLike | None = None
    misconception: Id | None = None


class ParamEntry(Strict):
    """`{choice: [12, 24]}` or `{int: [512, 4096], step: 512}`."""

    choice: Annotated[list[Value], Field(min_length=2, max_length=100)] | None = None
    int_: Annotated[list[int], Field(min_length=2, max_length=2)] | None = Field(None, alias="int")
    step: Annotated[int, Field(ge=1)] | None = None


class TrapEntry(Strict):
    expr: Annotated[Expr, BeforeValidator(lambda v: repr(v) if type(v) in (int, float) else v)]
    why: TextLike
    misconception: Id | None = None


class NumericAnswer(Strict):
    """`15`, `{value: 15, atol: 0.5}` or `{expr: '2*L*d', rtol: 0.01, unit: MiB, accept: [GiB]}`."""

    value: Value | None = None
    expr: Expr | None = None
    rtol: Tolerance = 0.0
    atol: Tolerance = 0.0
    unit: str | None = None
    accept: list[str] = Field(default_factory=list)


NumericLike = Annotated[NumericAnswer, BeforeValidator(_short("value", "write a number, or {expr: '2*L'}", int, float))]


class AcceptEntry(Strict):
    """`text` (in either language) or `regex`; a plain text in a list stands for `{text: …}`."""

    text: TextLike | None = None
    regex: Annotated[str, Field(min_length=1)] | None = None
    flags: Literal["i", ""] | None = None
    credit: Share = 1.0
    why: TextLike | None = None
    misconception: Id | None = None


AcceptLike = Annotated[AcceptEntry, BeforeValidator(_short("text", "put the text between quotes", str))]


class TextTrap(Strict):
    text: TextLike | None = None
    regex: Annotated[str, Field(min_length=1)] | None = None
    flags: Literal["i", ""] | None = None
    why: TextLike
    misconception: Id | None = None


class OptionEntry(Strict):
    id: Id
    text: TextLike


OptionLike = Annotated[OptionEntry, BeforeValidator(lambda v: {"id": v, "text": v} if isinstance(v, str) else v)]


class NumericBlank(Strict):
    type: Literal["numeric"]
    answer: NumericLike
    traps: list[TrapEntry] = Field(default_factory=list)


class TextBlank(Strict):
    type: Literal["text"]
    accept: Annotated[list[AcceptLike], Field(min_length=1)]
    traps: list[TextTrap] = Field(default_factory=list)


class SelectBlank(Strict):
    type: Literal["select"]
    options: Annotated[list[OptionLike], Field(min_length=2)]
    answer: Id


BlankEntry = Annotated[NumericBlank | TextBlank | SelectBlank, Field(discriminator="type")]


class TensorAnswer(Strict):
    """A vector or matrix of numbers, expressions (quoted) or booleans."""

    value: list[Any]
    rtol: Tolerance = 0.0
    atol: Tolerance = 0.0
    per_cell: bool = False


class BoxEntry(Strict):
    id: Id
    label: TextLike
    box: Annotated[list[Value], Field(min_length=4, max_length=4)]


class MatrixEntry(Strict):
    rows: Annotated[list[TextLike], Field(min_length=1, max_length=20)]
    columns: Annotated[list[TextLike], Field(min_length=1, max_length=20)]
    cells: list[list[str]] = Field(default_factory=list)


class MissEntry(Strict):
    at: Annotated[Any, WithJsonSchema({"type": ["string", "integer", "array"]})]
    why: TextLike
    misconception: Id | None = None


class CriterionEntry(Strict):
    id: Id
    points: Points
    text: TextLike | None = None


class QuestionEntry(Strict):
    """What every question may have."""

    id: Id
    prompt: TextLike
    points: Points | None = None
    why: TextLike | None = None
    hints: list[TextLike] = Field(default_factory=list)
    tags: list[Id] = Field(default_factory=list)
    params: dict[Name, ParamEntry] = Field(default_factory=dict)


class Single(QuestionEntry):
    type: Literal["single"]
    choices: Annotated[list[ChoiceEntry], Field(min_length=2, max_length=20)]


class Multiple(QuestionEntry):
    type: Literal["multiple"]
    choices: Annotated[list[ChoiceEntry], Field(min_length=2, max_length=20)]
    scoring: TickScoring = "balanced"


class TrueFalse(QuestionEntry):
    type: Literal["bool"]
    answer: bool | None = None
    misconception: Id | None = None


class NumericQuestion(QuestionEntry):
    type: Literal["numeric"]
    answer: NumericLike
    traps: list[TrapEntry] = Field(default_factory=list)


class TextQuestion(QuestionEntry):
    type: Literal["text"]
    accept: Annotated[list[AcceptLike], Field(min_length=1)]
    traps: list[TextTrap] = Field(default_factory=list)


class ClozeQuestion(QuestionEntry):
    type: Literal["cloze"]
    blanks: Annotated[dict[Name, BlankEntry], Field(min_length=1)]


class MatchQuestion(QuestionEntry):
    type: Literal["match"]
    pairs: Annotated[list[Annotated[list[TextLike], Field(min_length=2, max_length=2)]], Field(min_length=2)]
    distractors: list[TextLike] = Field(default_factory=list)


class OrderQuestion(QuestionEntry):
    type: Literal["order"]
    items: Annotated[list[TextLike], Field(min_length=2, max_length=20)]
    scoring: OrderScoring = "lcs"


class TensorQuestion(QuestionEntry):
    type: Literal["tensor"]
    answer: TensorAnswer
    code: Annotated[str, Field(min_length=1)] | None = None


class ShapeQuestion(QuestionEntry):
    type: Literal["shape"]
    answer: Annotated[list[int | str], Field(max_length=8)]


class OutputQuestion(QuestionEntry):
    type: Literal["output"]
    code: Annotated[str, Field(min_length=1)]
    answer: Annotated[str, Field(min_length=1)]


class HotspotQuestion(QuestionEntry):
    type: Literal["hotspot"]
    svg: str | None = None
    alt: TextLike | None = None
    regions: list[BoxEntry] = Field(default_factory=list)
    matrix: MatrixEntry | None = None
    code: Annotated[str, Field(min_length=1)] | None = None
    answer: Annotated[
        list[Any],
        Field(min_length=1),
        WithJsonSchema({"type": "array", "minItems": 1, "items": {"type": ["string", "integer", "array"]}}),
    ]
    many: bool = False
    scoring: TickScoring = "balanced"
    traps: list[MissEntry] = Field(default_factory=list)


class EssayQuestion(QuestionEntry):
    type: Literal["essay"]
    rubric: list[CriterionEntry] = Field(default_factory=list)


AnyQuestion = Annotated[
    Single
    | Multiple
    | TrueFalse
    | NumericQuestion
    | TextQuestion
    | ClozeQuestion
    | MatchQuestion
    | OrderQuestion
    | TensorQuestion
    | ShapeQuestion
    | OutputQuestion
    | HotspotQuestion
    | EssayQuestion,
    Field(discriminator="type"),
]


class AttemptsEntry(Strict):
    max: Annotated[int, Field(ge=1, le=100)] | None = None
    keep: Keep = "best"
    penalty: Share = 0.0


class ShuffleEntry(Strict):
    questions: bool = False
    choices: bool = True


class QuizFile(Strict):
    """`quizzes/<id>.yaml`."""

    schema_: Literal[1] = Field(alias="schema")
    id: Id
    title: TextLike
    mode: Mode
    edition: Annotated[int, Field(ge=1)] = 1
    attempts: AttemptsEntry = AttemptsEntry()
    variants: Literal["per-student", "shared"] = "per-student"
    shuffle: ShuffleEntry = ShuffleEntry()
    questions: Annotated[list[AnyQuestion], Field(min_length=1, max_length=200)]


class MisconceptionEntry(Strict):
    title: TextLike
    lesson: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(#[a-z0-9-]+)?$")] | None = None


class MisconceptionsFile(Strict):
    """`quizzes/misconceptions.yaml`."""

    schema_: Literal[1] = Field(alias="schema")
    misconceptions: dict[Id, MisconceptionEntry]
