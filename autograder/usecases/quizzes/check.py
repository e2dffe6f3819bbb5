"""Is a quiz itself right: its file, both languages, its variants, its key, and what its code prints.

Covers everything an instructor can be told before students see it. Does not cover what only students' answers show.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from autograder.adapters.pages.mathematics import Unreadable, to_plain
from autograder.adapters.quizzes.load import FOLDER, load_quiz, quiz_files, quiz_place
from autograder.adapters.quizzes.run_code import CodeFailed, computed, printed
from autograder.adapters.yaml_file import load_yaml, shown
from autograder.errors import CourseError, Location, problem
from autograder.machinery.sandbox import Tier, WarmProcess
from autograder.pure.quizzes.chance import random_mark
from autograder.pure.quizzes.expression import evaluate
from autograder.pure.quizzes.marking import close
from autograder.pure.quizzes.soundness import (
    Finding,
    LongestBias,
    findings,
    longest_bias,
    misconceptions_of,
    texts,
    variants_of,
)
from autograder.pure.quizzes.variants import draw, settle
from autograder.pure.quizzes.wording import same_output
from autograder.quiz_types import Drawing, Hotspot, Output, Question, Quiz, Tensor
from autograder.types import LANGUAGES

_FORMULA = re.compile(r"\$\$?([^$]+)\$\$?")
_VIEW_BOX = re.compile(r"viewBox\s*=\s*[\"']\s*([-\d.]+)[ ,]+([-\d.]+)[ ,]+([-\d.]+)[ ,]+([-\d.]+)")
LESSONS = "course/lessons"


@dataclass(frozen=True)
class Checked:
    """One quiz after its check; `quiz` is None when its file cannot be loaded."""

    id: str
    quiz: Quiz | None
    problems: tuple[str, ...]
    random_mark: float = 0.0
    bias: LongestBias | None = None

    @property
    def types(self) -> dict[str, int]:
        return dict(Counter(each.type for each in self.quiz.questions)) if self.quiz else {}

    @property
    def languages(self) -> tuple[str, ...]:
        return LANGUAGES if self.quiz else ()


def chosen(root: Path, ids: Sequence[str]) -> list[Path]:
    """The files of the quizzes named, all of `quizzes/` when none is. A name may also be a path or a folder."""
    if not ids:
        return quiz_files(root / FOLDER)
    files: list[Path] = []
    for id in ids:
        path = Path(id)
        if path.suffix == ".yaml" or path.is_dir():
            files += quiz_files(path) if path.is_dir() else [path]
            continue
        files.append(quiz_place(root, id))
    return files


def check(root: Path, files: Sequence[Path], tier: Callable[[], Tier]) -> list[Checked]:
    """Checks quizzes; `tier` is asked for when there is code to run. Raises PlatformError when none can be run."""
    done: list[Checked] = []
    with ExitStack() as stack:
        warm: WarmProcess | None = None
        for file in files:
            try:
                quiz = load_quiz(file)
            except CourseError as error:
                done.append(Checked(file.stem, None, tuple(error.problems)))
                continue
            if warm is None and any(_code(each) is not None for each in quiz.questions):
                warm = stack.enter_context(WarmProcess(tier()))
            done.append(_checked(root, file, quiz, warm))
    return done


def as_document(done: Sequence[Checked]) -> dict[str, object]:
    """The contract's document of `quiz check --json`."""
    return {
        "version": 1,
        "quizzes": [
            {
                "id": each.id,
                "questions": len(each.quiz.questions) if each.quiz else 0,
                "types": each.types,
                "variants": variants_of(each.quiz) if each.quiz else 0,
                "languages": list(each.languages),
                "random_mark": round(each.random_mark, 4),
                "problems": list(each.problems),
            }
            for each in done
        ],
    }


def rows(done: Sequence[Checked]) -> list[tuple[str, ...]]:
    """One line per quiz: what is in it, what guessing earns, how often the longest choice is the right one."""
    return [
        (
            each.id,
            str(len(each.quiz.questions) if each.quiz else 0),
            str(len(each.types)),
            str(variants_of(each.quiz) if each.quiz else 0),
            f"{each.random_mark:.0%}",
            f"{each.bias.hits} of {each.bias.n}" if each.bias and each.bias.n else "-",
            str(len(each.problems)),
        )
        for each in done
    ]


def _checked(root: Path, file: Path, quiz: Quiz, warm: WarmProcess | None) -> Checked:
    found = [*findings(quiz), *_formulas(quiz), *_pictures(quiz), *_lessons(root, quiz)]
    if warm is not None:
        found += [each for question in quiz.questions for each in _run(question, warm)]
    lines = _lines(file)
    located = sorted(((lines.get(each.question, 1), each) for each in found), key=lambda pair: pair[0])
    problems = [
        problem(
            Location(shown(file), line),
            f"question '{each.question}': {each.what}" if each.question else each.what,
            each.remedy,
        )
        for line, each in located
    ]
    guessing = 0.0 if quiz.mode == "survey" else random_mark(quiz)
    return Checked(file.stem, quiz, tuple(dict.fromkeys(problems)), guessing, longest_bias(quiz))


def _lines(file: Path) -> dict[str, int]:
    """On which line each question begins, by its id."""
    document = load_yaml(file)
    return {
        each["id"]: document.where(("questions", index)).line or 1
        for index, each in enumerate(document.value["questions"])
    }


def _formulas(quiz: Quiz) -> Iterator[Finding]:
    """Formulas that cannot be read, with values in them."""
    whole = settle(quiz, draw(quiz, b"autograder quiz check", "", 1))
    for question in whole.questions:
        for said in dict.fromkeys(said for text in texts(question) for said in (text.en, text.fr)):
            for formula in _FORMULA.findall(said):
                try:
                    to_plain(formula)
                except Unreadable as error:
                    what = f"the formula '${formula}$' cannot be shown: {error}"
                    yield Finding(question.id, what, "write it with the commands of docs/write-a-quiz.md")


def _pictures(quiz: Quiz) -> Iterator[Finding]:
    for question in quiz.questions:
        if not isinstance(question.body, Hotspot) or not isinstance(question.body.picture, Drawing):
            continue
        picture = question.body.picture
        found = _VIEW_BOX.search(picture.svg)
        if found is None:
            yield Finding(question.id, "the SVG has no viewBox of four numbers", "add viewBox='0 0 width height'")
            continue
        left, top, width, height = (float(each) for each in found.groups())
        for region in picture.regions:
            inside = left <= region.x and region.x + region.width <= left + width
            if not inside or region.y < top or region.y + region.height > top + height:
                yield Finding(question.id, f"region '{region.id}' lies outside the picture", "mend its box")


def _lessons(root: Path, quiz: Quiz) -> Iterator[Finding]:
    """Misconceptions of this quiz that point to a lesson which is not there, once there are lessons."""
    folder = root / LESSONS
    named = {each for question in quiz.questions for each in misconceptions_of(question)}
    for id in sorted(named):
        lesson = quiz.misconceptions[id].lesson
        if lesson is not None and folder.is_dir() and not any(folder.glob(f"{lesson.partition('#')[0]}.*")):
            what = f"misconception '{id}' points to the lesson '{lesson}', which is not in {LESSONS}"
            yield Finding("", what, "write the lesson, or change misconceptions.yaml")


def _code(question: Question) -> str | None:
    return question.body.code if isinstance(question.body, Output | Tensor) else None


def _run(question: Question, warm: WarmProcess) -> Iterator[Finding]:
    """Whether the code of a question says what its key says."""
    try:
        match question.body:
            case Output(code=code, answer=answer):
                said = printed(warm, code)
                if not same_output(answer, said):
                    yield Finding(question.id, f"the answer is {answer!r}, the code prints {said!r}", f"write {said!r}")
            case Tensor(code=str() as code) as body:
                shape, cells = computed(warm, code)
                if shape != body.shape or not _same_cells(body, cells):
                    what = f"the answer is not what the code computes: {_nested(shape, cells)}"
                    yield Finding(question.id, what, "write that as 'value'")
    except CodeFailed as error:
        yield Finding(question.id, f"the code {error}", "mend the code")


def _same_cells(body: Tensor, cells: Sequence[float]) -> bool:
    if body.boolean:
        return all((text == "true") == bool(cell) for text, cell in zip(body.cells, cells, strict=True))
    values = [float(evaluate(each, {})) for each in body.cells]
    pairs = zip(values, cells, strict=True)
    return all(close(value, cell, body.rtol, body.atol) for value, cell in pairs)


def _nested(shape: Sequence[int], cells: Sequence[float]) -> object:
    rounded = [round(cell, 6) for cell in cells]
    if len(shape) != 2:
        return rounded
    return [rounded[row * shape[1] : (row + 1) * shape[1]] for row in range(shape[0])]
