"""Quizzes for other programs and from them: `autograder quiz export --format moodle|gift|…`, `autograder quiz import`.

Covers one file per quiz and language, what each format loses, and two languages that come back as one quiz. Does not
cover papers for students (`hand_out`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.adapters.course import Course, secret
from autograder.adapters.pages.folders import write_whole
from autograder.adapters.quizzes.exchange.bank import Loss
from autograder.adapters.quizzes.exchange.fit import bank_of
from autograder.adapters.quizzes.exchange.formats import FORMATS
from autograder.adapters.quizzes.exchange.lift import document_of
from autograder.adapters.quizzes.exchange.quiz_file import together, yaml_of
from autograder.adapters.quizzes.load import FOLDER, load_quiz, quiz_files, quiz_place
from autograder.adapters.yaml_file import shown
from autograder.errors import CourseError, Location, problem
from autograder.types import LANGUAGES, Language


@dataclass(frozen=True)
class Exchanged:
    """The files of one quiz and what they lost of it; `id` is the quiz's."""

    id: str
    files: tuple[Path, ...]
    losses: tuple[Loss, ...]


def export(
    course: Course, ids: Sequence[str], format_: str, languages: Sequence[Language], variants: int, out: Path
) -> list[Exchanged]:
    """Writes the quizzes named, all when none is, one file per language; raises CourseError with every problem."""
    files = [quiz_place(course.root, id) for id in ids] or quiz_files(course.root / FOLDER)
    form, key, done = FORMATS[format_], secret(course.root), []
    for quiz in [load_quiz(file) for file in files]:
        banks = [bank_of(quiz, language, form.able, key, variants) for language in languages]
        written = tuple(form.write(bank, out) for bank, _ in banks)
        lost = dict.fromkeys(loss for _, losses in banks for loss in losses)
        done.append(Exchanged(quiz.id, written, tuple(lost)))
    return done


@dataclass(frozen=True)
class Imported:
    """The quiz file that was written and what did not come along; `problems` keep it from being loaded as it is."""

    file: Path
    losses: tuple[Loss, ...]
    problems: tuple[str, ...]


def bring_in(files: Sequence[Path], format_: str, out: Path) -> Imported:
    """Writes the quiz of one file, or of an English and a French one, to `out`. Raises CourseError."""
    if out.exists():
        raise CourseError(problem(Location(shown(out)), "is there already", "name another --out, or remove it"))
    read = [FORMATS[format_].read(file) for file in files]
    by_language = {bank.language: (bank, lost, file) for (bank, lost), file in zip(read, files, strict=True)}
    if len(by_language) != len(files):
        what, remedy = "both files are in one language", "name them <quiz>.en.… and <quiz>.fr.…"
        raise CourseError(problem(Location(shown(files[-1])), what, remedy))
    found: list[Loss] = []
    documents = []
    pictures: dict[str, str] = {}
    for bank, lost, _ in by_language.values():
        document, drawn, left_out = document_of(bank, out.stem)
        documents.append(document)
        pictures |= drawn
        found += [*lost, *left_out]
    if len(documents) == 2:
        english, french = (documents[list(by_language).index(language)] for language in LANGUAGES)
        documents = [together(english, french, shown(by_language["fr"][2]))]
    for name, svg in pictures.items():
        write_whole(out.parent / name, svg)
    write_whole(out, yaml_of(documents[0]))
    try:
        load_quiz(out)
        problems: tuple[str, ...] = ()
    except CourseError as error:
        problems = tuple(error.problems)
    return Imported(out, tuple(dict.fromkeys(found)), problems)


def as_document(done: Sequence[Exchanged], format_: str) -> dict[str, Any]:
    """What `--json` prints."""
    return {
        "version": 1,
        "format": format_,
        "files": [str(file) for each in done for file in each.files],
        "losses": [{"quiz": each.id, **_said(loss)} for each in done for loss in each.losses],
    }


def import_document(done: Imported) -> dict[str, Any]:
    """What `quiz import --json` prints."""
    losses = [_said(loss) for loss in done.losses]
    return {"version": 1, "file": str(done.file), "losses": losses, "problems": list(done.problems)}


def _said(loss: Loss) -> dict[str, str]:
    return {"question": loss.question, "level": loss.level, "what": loss.what}


def rows(done: Sequence[Exchanged]) -> list[tuple[str, str, str, str]]:
    """The table of what was lost."""
    return [(each.id, *row) for each in done for row in loss_rows(each.losses)]


def loss_rows(losses: Sequence[Loss]) -> list[tuple[str, str, str]]:
    """The same of one quiz."""
    return [(loss.question or "(all)", loss.level, loss.what) for loss in losses]
