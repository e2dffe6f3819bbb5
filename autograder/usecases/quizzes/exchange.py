"""Quizzes for other programs: `autograder quiz export --format moodle|gift|qti12|qti3`.

Covers one file per quiz and language, and what each format loses. Does not cover papers for students (`hand_out`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.adapters.course import Course, secret
from autograder.adapters.quizzes.exchange.bank import Loss
from autograder.adapters.quizzes.exchange.fit import bank_of
from autograder.adapters.quizzes.exchange.formats import FORMATS
from autograder.adapters.quizzes.load import FOLDER, load_quiz, quiz_files, quiz_place
from autograder.types import Language

VARIANTS = 10


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


def as_document(done: Sequence[Exchanged], format_: str) -> dict[str, Any]:
    """What `--json` prints."""
    return {
        "version": 1,
        "format": format_,
        "files": [str(file) for each in done for file in each.files],
        "losses": [
            {"quiz": each.id, "question": loss.question, "level": loss.level, "what": loss.what}
            for each in done
            for loss in each.losses
        ],
    }


def rows(done: Sequence[Exchanged]) -> list[tuple[str, str, str, str]]:
    """The table of what was lost."""
    return [(each.id, loss.question or "(all)", loss.level, loss.what) for each in done for loss in each.losses]
