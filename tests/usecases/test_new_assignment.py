from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from autograder.adapters.authoring import read_script
from autograder.adapters.course import load_assignment, load_course
from autograder.errors import CourseError
from autograder.machinery.sandbox import strongest_tier
from autograder.usecases.new_assignment import new_assignment
from autograder.usecases.validate import complete, validate


class Silent:
    def start(self, total: int) -> None: ...
    def tried(self, assignment: str) -> None: ...


def test_new_assignment_loads_and_is_scheduled_last(mini: Path):
    written = new_assignment(load_course(mini), "triple")
    course = load_course(mini)
    assert [each.slug for each in course.assignments] == ["double", "triple"]
    assert all(path.is_file() for path in written) and len(written) == 8
    read_script(load_assignment(course, "triple"))


def test_validate_says_every_line_that_is_missing(mini: Path):
    new_assignment(load_course(mini), "triple")
    course = load_course(mini)
    said = complete.judge(load_assignment(course, "triple"))
    assert len({line.split(":")[0] for line in said}) == 7
    assert all(re.search(r"triple/[\w/.]+:\d+: left to fill in\. Remedy: write it\.$", line) for line in said)
    (report,) = validate(course, ["triple"], strongest_tier(), 1, Silent())
    assert report.failing == ("complete",) and report.problems["complete"] == said


def test_filled_in_it_passes(mini: Path):
    """Filled in with the content of the mini course's own assignment, as an instructor would with theirs."""
    new_assignment(load_course(mini), "triple")
    folder, model = mini / "solutions/triple", mini / "solutions/double"
    for made in [*folder.glob("mistakes/*.py"), *folder.glob("alternatives/*.py")]:
        made.unlink()
    for path in model.rglob("*.*"):
        target = folder / path.relative_to(model).as_posix().replace("double.py", "triple.py")
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, target)
    description = folder / "assignment.yaml"
    text = description.read_text(encoding="utf-8").replace("slug: double", "slug: triple")
    description.write_text(text, encoding="utf-8")
    (report,) = validate(load_course(mini), ["triple"], strongest_tier(), 2, Silent(), quick=True)
    assert report.failing == ()


@pytest.mark.parametrize("slug", ["Beam", "a b", "", "../up", "a" * 61])
def test_slug_that_is_none_is_refused(mini: Path, slug: str):
    with pytest.raises(CourseError, match="is no name for an assignment"):
        new_assignment(load_course(mini), slug)


def test_what_exists_is_left_alone(mini: Path):
    before = (mini / "course/course.yaml").read_bytes()
    with pytest.raises(CourseError, match="'double' exists"):
        new_assignment(load_course(mini), "double")
    assert (mini / "course/course.yaml").read_bytes() == before


@pytest.mark.parametrize("ending", ["assignments: []\n", ""])
def test_course_without_assignments_gets_its_first(mini: Path, ending: str):
    file = mini / "course/course.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.index("assignments:")] + ending, encoding="utf-8")
    new_assignment(load_course(mini), "triple")
    assert [each.slug for each in load_course(mini).assignments] == ["triple"]
