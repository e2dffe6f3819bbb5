import shutil
import stat
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from autograder.adapters.course import find_course, load_assignment, load_course, secret
from autograder.errors import CourseError
from autograder.types import Text

ROOT = Path(__file__).parents[2]
MINI = ROOT / "tests/courses/mini"


@pytest.fixture
def course_root(tmp_path):
    return Path(shutil.copytree(MINI, tmp_path / "mini"))


def test_course_is_found_from_any_folder_inside(course_root):
    assert find_course(course_root / "solutions/double/mistakes") == course_root
    assert find_course(course_root) == course_root


def test_no_course_says_how_to_make_one(tmp_path):
    with pytest.raises(
        CourseError, match=r"no course/course\.yaml in this folder or above it\. Remedy: .*autograder init DIR"
    ):
        find_course(tmp_path)


def test_course_is_loaded_with_its_dates_and_weights():
    course = load_course(MINI)
    assert (course.id, course.title.fr, course.language) == ("mini", "Un cours d'un seul exercice", "en")
    assert [module.title for module in course.modules] == [Text("Arithmetic", "Arithmétique")]
    assert course.scheduled("double").due == datetime.fromisoformat("2026-11-13T23:59:00+01:00")
    assert (course.scheduled("double").weight, course.late_penalty_per_day) == (1.0, 0.1)


def test_flagship_course_schedules_every_solution_once_in_the_order_of_the_dates():
    course = load_course(ROOT)
    dates = [each.due for each in course.assignments]
    assert sorted(each.slug for each in course.assignments) == sorted(
        path.parent.name for path in ROOT.glob("solutions/*/assignment.yaml")
    )
    assert all(dates) and dates == sorted(set(dates))
    assert all(due is not None and due.utcoffset() is not None for due in dates)


def test_unknown_slug_lists_the_known_and_names_the_closest():
    with pytest.raises(CourseError, match=r"no assignment 'duoble' \(there are: double\)\. Remedy: write 'double'"):
        load_assignment(load_course(MINI), "duoble")
    with pytest.raises(CourseError, match="or add it to 'assignments'"):
        load_course(MINI).scheduled("zzz")


def test_problems_of_the_course_file_come_all_at_once(course_root):
    (course_root / "course/course.yaml").write_text(
        "schema: 1\nid: mini\ntitle: {en: a, fr: b}\nlate_penalty_per_day: 2\n"
        "modules:\n- {id: M1, title: {en: a, fr: b}}\n"
        "assignments:\n- {slug: Double}\n- {slug: a, due: 2026-11-13T23:59:00}\n- {slug: a, weight: -1}\n"
    )
    with pytest.raises(CourseError) as caught:
        load_course(course_root)
    starts = [(line.split("course.yaml:")[1][:2], line.split("'")[1]) for line in caught.value.problems]
    assert starts == [
        ("4:", "late_penalty_per_day"),
        ("8:", "assignments.0.slug"),
        ("9:", "assignments.1.due"),
        ("10", "assignments.2.weight"),
    ]


def test_doubled_assignment_is_refused(course_root):
    file = course_root / "course/course.yaml"
    file.write_text(file.read_text() + "- {slug: double}\n")
    with pytest.raises(CourseError, match=r"course\.yaml:11: slug 'double' stands twice in 'assignments'"):
        load_course(course_root)


def test_secret_is_made_once_for_its_owner_alone(tmp_path, monkeypatch):
    monkeypatch.delenv("AUTOGRADER_SECRET", raising=False)
    first = secret(tmp_path)
    assert len(first) == 64 and secret(tmp_path) == first
    assert stat.S_IMODE((tmp_path / ".autograder/secret").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / ".autograder").iterdir()] == ["secret"]


def test_secrets_of_two_courses_differ(tmp_path, monkeypatch):
    monkeypatch.delenv("AUTOGRADER_SECRET", raising=False)
    assert secret(tmp_path / "a") != secret(tmp_path / "b")


def test_processes_that_start_together_share_one_secret(tmp_path):
    code = (
        "import sys, pathlib; from autograder.adapters.course import secret; "
        "print(secret(pathlib.Path(sys.argv[1])).decode())"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, cwd=ROOT, env={"PATH": ""}
        )
        for _ in range(4)
    ]
    told = {process.communicate()[0] for process in running}
    assert len(told) == 1 and len(told.pop().strip()) == 64


def test_secret_of_the_environment_wins(tmp_path, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_SECRET", " a secret of the autumn term ")
    assert secret(tmp_path) == b"a secret of the autumn term"
    assert not (tmp_path / ".autograder").exists()


def test_short_secret_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_SECRET", "1234")
    with pytest.raises(CourseError, match="AUTOGRADER_SECRET: the course secret has 4 bytes, 16 are needed"):
        secret(tmp_path)
    monkeypatch.delenv("AUTOGRADER_SECRET")
    (tmp_path / ".autograder").mkdir()
    (tmp_path / ".autograder/secret").write_text("\n")
    with pytest.raises(CourseError, match="has 0 bytes"):
        secret(tmp_path)
