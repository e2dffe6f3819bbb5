from __future__ import annotations

import json
import zipfile

import pytest

from autograder.adapters.course import load_assignment, load_course
from autograder.adapters.exports.bundle import write_bundle
from autograder.errors import CourseError
from autograder.types import Status
from autograder.usecases.gradescope_run import run


@pytest.fixture
def harness(mini, tmp_path):
    """Gradescope's folders in a container, with the bundle of `double` unpacked and a submission in place."""
    course = load_course(mini)
    bundle = tmp_path / "bundle.zip"
    names = write_bundle(course, load_assignment(course, "double"), bundle, "visible")
    root = tmp_path / "autograder"
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(root / "source")
    for folder in ("submission", "results"):
        (root / folder).mkdir()
    about = {"id": 1, "created_at": "2026-11-14T10:00:00.000000+01:00"}
    (root / "submission_metadata.json").write_text(json.dumps(about))
    return root, names


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "share"),
    [("return [2 * each for each in x] if isinstance(x, list) else 2 * x", 1.0), ("raise ValueError", 0.0)],
)
def test_submission_is_graded_in_the_containers_folders(harness, source, share):
    root, _ = harness
    stub = (root / "source/course/assignments/double/double.py").read_text()
    work = stub.replace("raise NotImplementedError", source)
    assert work != stub
    (root / "submission/double.py").write_text(work)
    given = run(root)
    document = json.loads((root / "results/results.json").read_text())
    assert given.status is Status.GRADED
    assert given.penalty == 0, "Gradescope counts lateness itself"
    assert document["score"] == pytest.approx(share * given.max_score)
    assert [test["max_score"] for test in document["tests"]] == [group.max_points for group in given.groups]


def test_bundle_holds_the_platform_and_one_assignment_and_not_the_courses_secret(harness, mini):
    root, names = harness
    assert {"setup.sh", "run_autograder", "requirements.txt", "package/autograder/wire.py"} <= set(names)
    assert {name.split("/")[2] for name in names if name.startswith("course/solutions/")} == {"double"}
    assert not any("/alternatives/" in name or "__pycache__" in name for name in names)
    secret = (mini / ".autograder/secret").read_bytes().strip()
    assert all(secret not in path.read_bytes() for path in root.rglob("*") if path.is_file())
    assert (root / "source/setup.sh").read_text().startswith("#!/usr/bin/env bash\n")


def test_same_assignment_makes_the_same_bundle_and_an_unreleased_one_none(mini, tmp_path):
    course = load_course(mini)
    assignment = load_assignment(course, "double")
    made = []
    for name in ("one.zip", "two.zip"):
        write_bundle(course, assignment, tmp_path / name, "visible")
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    (mini / "assignments/double").rename(mini / "assignments/gone")
    with pytest.raises(CourseError, match="Remedy: run: autograder release double"):
        write_bundle(course, assignment, tmp_path / "three.zip", "visible")
