"""Hand-ins that go wrong in every way, graded for real in one run: `tests/golden/grading/<case>/`.

Each folder is what a student of the mini course handed in; `grade.json` is what `autograder grade --json` says of it.
`@COURSE@` and `@GRADEBOOK@` in a hand-in stand for the paths an attacker would guess.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from autograder.adapters.course import load_course
from autograder.adapters.gradebook import Gradebook
from autograder.machinery.sandbox import strongest_tier
from autograder.types import Grade
from autograder.usecases.grade import Kept, Options, as_document, grade

TESTS = Path(__file__).parent
GOLDEN = TESTS / "golden" / "grading"
CASES = sorted(path.parent.name for path in GOLDEN.glob("*/grade.json"))
IN_TIME = "2026-11-13 20:00:00 UTC"


@dataclass(frozen=True)
class Class:
    """A class that was graded: the grades given, what the gradebook holds, and the contract's document."""

    given: list[Grade]
    kept: list[Grade]
    documents: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def graded() -> Iterator[Class]:
    """Every case graded in one run, in a folder that other users may enter: what is hidden is hidden by the sandbox."""
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUTOGRADER_SECRET", "a secret of the tests, long enough")
        folder = Path(name)
        folder.chmod(0o755)
        root = folder / "mini"
        shutil.copytree(TESTS / "courses" / "mini", root)
        file = root / "gradebook.db"
        for case in CASES:
            _hand_in(GOLDEN / case, folder / "submitted" / case / "double", {"COURSE": root, "GRADEBOOK": file})
        with Gradebook.open(file) as book:
            file.chmod(0o666)
            options = Options(strongest_tier(), workers=2)
            run = grade(load_course(root), ["double"], folder / "submitted", book, options, kept := Kept())
            assert run.problems == []
            documents = {entry["student"]: entry for entry in as_document(kept.grades, "en")["grades"]}
            yield Class(kept.grades, book.latest(), documents)


def _hand_in(case: Path, into: Path, places: dict[str, Path]) -> None:
    into.mkdir(parents=True)
    for path in case.iterdir():
        if path.name == "grade.json":
            continue
        text = path.read_text(encoding="utf-8")
        for name, place in places.items():
            text = text.replace(f"@{name}@", str(place))
        (into / path.name).write_text(text, encoding="utf-8")
    (into / "timestamp.txt").write_text(IN_TIME)


@pytest.mark.parametrize("case", CASES)
def test_golden_hand_in_is_graded_as_expected(graded: Class, case: str):
    expected = json.loads((GOLDEN / case / "grade.json").read_text(encoding="utf-8"))
    given = graded.documents[case]
    assert {name: given[name] for name in expected} == expected
    assert set(given) - set(expected) == {"student", "submission_sha256", "isolation", "seconds"}


def test_every_case_is_graded_once_and_kept(graded: Class):
    assert sorted(each.student for each in graded.given) == CASES
    assert sorted(each.student for each in graded.kept) == CASES


def test_nothing_breaks_on_our_side(graded: Class):
    assert {each.student: each.fault for each in graded.given if each.fault} == {}


def test_text_of_a_student_error_is_in_no_grade(graded: Class):
    text = json.dumps([graded.documents[case] for case in CASES]) + repr(graded.given)
    assert "periscope" not in text and "Submarine" not in text


def test_notes_tell_which_cells_did_not_load(graded: Class):
    notes = {each.student: [note.en for note in each.notes] for each in graded.given}
    assert notes["notebook_cell_raises"] == [
        "While loading: your code raised ZeroDivisionError in cell 3, line 1: `average = sum(numbers) / 0`"
    ]
    assert notes["opens_a_file_that_is_not_there"] == [
        'While loading: your code raised FileNotFoundError at line 1: `NUMBERS = open("my-numbers.csv").read()`'
    ]
