"""Notebooks that come back otherwise than they went out: `tests/golden/round_trip/<case>/`.

All are handed in to the mini course and graded twice, by `autograder grade` and by `nbgrader autograde`. `grade.json`
is what a case earns and what its student reads. `attack_*` are attacks on nbgrader's own process; `@NBGRADER@` and
`@COURSE@` in them stand for the paths an attacker would guess.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.adapters.gradebook import Gradebook
from autograder.types import Grade

from .conftest import Command, Desk, Row, gradebook

pytestmark = pytest.mark.slow

GOLDEN = Path(__file__).parents[1] / "golden" / "round_trip"
CASES = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())
IN_TIME = "2026-11-13 20:00:00 UTC"


@dataclass(frozen=True)
class Graded:
    """The class graded both ways: our grades, and nbgrader's gradebook after each way."""

    ours: dict[str, Grade]
    direct: list[Row]
    through_nbgrader: list[Row]
    nbgrader: Path
    log: str


@pytest.fixture(scope="module")
def graded(mini_desk: Desk) -> Iterator[Graded]:
    nbgrader = mini_desk.course / "nb"
    places = {"NBGRADER": nbgrader, "COURSE": mini_desk.course}
    for case in CASES:
        _hand_in(GOLDEN / case, nbgrader / "submitted" / case / "double", places)
    direct = Path(shutil.copytree(nbgrader, mini_desk.course / "direct"))
    for book in (nbgrader / "gradebook.db", direct / "gradebook.db"):
        book.chmod(0o666)
    with (nbgrader / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f'c.SubmissionExporter.gradebook = "{mini_desk.root / "second.db"}"\n')
    first = str(mini_desk.root / "first.db")
    mini_desk.run("autograder", "grade", "--nbgrader", "direct", "--gradebook", first, code=(0, 3))
    log = mini_desk.nbgrader([Command(("autograde", "double"), nbgrader)])[0]
    with Gradebook.open(first) as book:
        ours = {each.student: each for each in book.latest()}
    yield Graded(ours, gradebook(direct), gradebook(nbgrader), nbgrader, log)


def _hand_in(case: Path, into: Path, places: dict[str, Path]) -> None:
    into.mkdir(parents=True)
    (into / "timestamp.txt").write_text(IN_TIME)
    for path in case.iterdir():
        text = path.read_text(encoding="utf-8")
        for name, place in places.items():
            text = text.replace(f"@{name}@", str(place))
        if path.name != "grade.json":
            (into / path.name).write_text(text, encoding="utf-8")


def _as_golden(given: Grade) -> dict[str, Any]:
    return {
        "status": given.status.value,
        "points": {group.id: group.points for group in given.groups},
        "outcomes": {group.id: [group.outcome.value, group.message.en] for group in given.groups},
        "notes": [note.en for note in given.notes],
    }


@pytest.mark.parametrize("case", CASES)
def test_notebook_is_graded_on_what_is_there_with_a_note(graded: Graded, case: str):
    expected = json.loads((GOLDEN / case / "grade.json").read_text(encoding="utf-8"))
    assert _as_golden(graded.ours[case]) == expected


def test_both_ways_write_the_same_gradebook_cell_by_cell(graded: Graded):
    assert graded.through_nbgrader == graded.direct
    given = {(row.student, row.cell): row.auto for row in graded.direct}
    groups = [(student, group) for student, grade in graded.ours.items() for group in grade.groups]
    assert given == {(student, f"check-{group.id}"): group.points for student, group in groups}
    assert len(given) == 2 * len(CASES)


def test_nobody_is_skipped_and_nothing_fails(graded: Graded):
    assert sorted(graded.ours) == CASES
    assert re.findall(r"\| (?:ERROR|CRITICAL)\].*", graded.log) == []


@pytest.mark.parametrize("case", CASES)
def test_kept_notebook_is_valid_and_holds_each_check_once(graded: Graded, case: str):
    file = graded.nbgrader / "autograded" / case / "double" / "double.ipynb"
    notebook = nbformat.read(file, as_version=4)
    nbformat.validate(notebook)
    marks = [cell.metadata.nbgrader for cell in notebook.cells if "nbgrader" in cell.metadata]
    assert sorted(mark.grade_id for mark in marks if mark.grade) == ["check-lists", "check-numbers"]
    assert {mark.grade_id: mark.points for mark in marks if mark.grade} == {"check-numbers": 3.0, "check-lists": 2.0}
    assert len({mark.grade_id for mark in marks}) == len(marks)


def test_attack_on_nbgrader_earns_what_the_work_earns_without_it(graded: Graded):
    earned = {case: graded.ours[case].score for case in CASES if case.startswith("attack_")}
    assert earned == {
        "attack_always_equal": 0.0,
        "attack_exits_and_forges_output": 0.0,
        "attack_input_transformer": 2.0,
        "attack_patches_nbgrader": 2.0,
        "attack_pre_run_cell": 2.0,
        "attack_prints_on_stderr": 2.0,
        "attack_reads_source": 2.0,
        "attack_scripts_in_text": 5.0,
        "attack_writes_gradebook": 2.0,
    }
