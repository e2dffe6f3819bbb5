"""Notebooks whose metadata, cells and outputs claim what they have no right to, graded by `grade` and by `check`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from autograder.adapters.course import load_course
from autograder.adapters.gradebook import Gradebook
from autograder.machinery.sandbox import strongest_tier
from autograder.types import Grade, Status
from autograder.usecases.check import as_document, check_work
from autograder.usecases.grade import Kept, Options, grade

from .conftest import RIGHT, notebook
from .test_folders import IN_TIME

WRONG = "def double(x):\n    return 417\n"


def _cell(source: str, id: str = "", cell_type: str = "code", **metadata: object) -> dict[str, object]:
    cell: dict[str, object] = {"cell_type": cell_type, "metadata": metadata, "source": source}
    return {**cell, "id": id} if id else cell


def _nbgrader(source: str, **claims: object) -> dict[str, object]:
    return _cell(source, nbgrader={"schema_version": 3, "cell_type": "code", "locked": True, **claims})


CLAIMS_POINTS = notebook(
    _nbgrader(WRONG, grade=True, solution=True, grade_id="double", points=1000),
    _nbgrader("", grade=True, solution=False, grade_id="check-numbers", points=-5),
    grade={"score": 1000, "max_score": 5},
    nbgrader={"autograded": True, "score": 5},
)
ATTACKS = {
    "claims_points": CLAIMS_POINTS,
    "claims_the_id_of_a_check": notebook(_cell(WRONG, id="check-numbers"), _nbgrader(WRONG, grade_id="check-lists")),
    "replaces_the_checks": notebook(WRONG, _cell("def same(*_, **__): ...\n", id="check-numbers")),
    "doubled_cells": notebook(*[_cell(WRONG, id="double")] * 50),
    "no_cells": notebook(),
    "markdown_only": notebook(_cell(RIGHT, cell_type="markdown")),
    "raw_only": notebook(_cell(RIGHT, cell_type="raw")),
    "unknown_kind_of_cell": notebook(_cell(RIGHT, cell_type="code\n")),
    "too_many_cells": notebook(*["0"] * 2001),
    "metadata_of_other_kinds": notebook(_cell(WRONG, nbgrader=[1], tags={"try": 1}), kernelspec="rm -rf /"),
    "not_a_number": notebook(WRONG, version=float("nan"), limit=float("inf")),
    "cells_that_are_no_cells": '{"nbformat": 4, "cells": [1, null, "x"]}',
    "magics_that_run_programs": notebook("!touch /tmp/owned\n%%bash\ntouch /tmp/owned", "%run /etc/passwd", WRONG),
    "deep_json": '{"nbformat": 4, "cells": ' + "[" * 100_000,
    "long_integer": '{"nbformat": 4, "cells": [], "x": ' + "9" * 100_000 + "}",
    "doubled_keys": '{"nbformat": 4, "cells": [], "cells": [{"cell_type": "code", "source": 417}]}',
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Grade]:
    """All of them and an honest sibling, graded in one run."""
    folder = tmp_path_factory.mktemp("notebooks")
    root = shutil.copytree(Path(__file__).parents[2] / "courses/mini", folder / "mini")
    for student, content in {**ATTACKS, "honest": notebook(RIGHT)}.items():
        (folder / "submitted" / student / "double").mkdir(parents=True)
        (folder / "submitted" / student / "double/double.ipynb").write_text(content)
        (folder / "submitted" / student / "double/timestamp.txt").write_text(IN_TIME)
    big = folder / "submitted/big/double"
    big.mkdir(parents=True)
    with (big / "double.ipynb").open("wb") as file:
        file.truncate(100 * 2**20)
    with Gradebook.open(folder / "gradebook.db") as book:
        course = load_course(root)
        run = grade(course, ["double"], folder / "submitted", book, Options(strongest_tier(), 1), kept := Kept())
    assert run.problems == []
    return {each.student: each for each in kept.grades}


@pytest.mark.parametrize("name", sorted(ATTACKS))
def test_hostile_notebook_gains_nothing(graded, name):
    given = graded[name]
    assert given.score == 0.0 and given.max_score == 5.0 and given.status is not Status.NEEDS_REVIEW
    assert [(group.id, group.max_points) for group in given.groups] == [("numbers", 3.0), ("lists", 2.0)]
    assert all(group.message.en and group.message.fr for group in given.groups)


def test_hundred_megabyte_notebook_is_rejected_with_a_remedy(graded):
    assert graded["big"].status is Status.REJECTED
    assert "Clear its outputs" in graded["big"].notes[0].en


def test_sibling_keeps_its_grade(graded):
    assert graded["honest"].score == 5.0


@pytest.mark.parametrize("name", ["claims_points", "replaces_the_checks", "magics_that_run_programs"])
def test_check_tells_the_same_as_the_grader(mini, name):
    file = mini / "assignments/double/double.ipynb"
    file.write_text(ATTACKS[name])
    document = json.loads(json.dumps(as_document(check_work(file, "en"), "en"), allow_nan=False))
    assert {(group["points"], group["outcome"]) for group in document["groups"]} == {(0.0, "failed")}
