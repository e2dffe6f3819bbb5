from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.adapters.course import load_course
from autograder.adapters.gradebook import Gradebook
from autograder.errors import CourseError, SubmissionError
from autograder.machinery.sandbox import strongest_tier
from autograder.types import Grade, Status
from autograder.usecases import grade as use

RIGHT = "def double(x):\n    return [2 * item for item in x] if isinstance(x, list) else 2 * x\n"
IN_TIME, LATE = "2026-11-13 20:00:00 UTC", "2026-11-15 01:00:00 UTC"


class Seen(use.Kept):
    """Progress, noted down."""

    def __init__(self) -> None:
        super().__init__()
        self.total, self.graded_now, self.kept = 0, [], []

    def start(self, total: int) -> None:
        self.total = total

    def graded(self, grade: Grade) -> None:
        super().graded(grade)
        self.graded_now.append(grade.student)

    def unchanged(self, grade: Grade) -> None:
        super().unchanged(grade)
        self.kept.append(grade.student)


@pytest.fixture
def submitted(tmp_path: Path) -> Path:
    return tmp_path / "submitted"


@pytest.fixture
def book(tmp_path: Path):
    with Gradebook.open(tmp_path / "gradebook.db") as opened:
        yield opened


@pytest.fixture
def run(mini: Path, submitted: Path, book: Gradebook) -> Callable[..., tuple[use.Run, Seen]]:
    """Grades what lies in `submitted`: `run(students=("ada",), fresh=True)`."""

    def once(slugs: tuple[str, ...] = ("double",), **options) -> tuple[use.Run, Seen]:
        seen = Seen()
        chosen = use.Options(strongest_tier(), 1, **options)
        return use.grade(load_course(mini), slugs, submitted, book, chosen, seen), seen

    return once


def _hand_in(submitted: Path, student: str, source: str = RIGHT, received: str = IN_TIME) -> None:
    folder = submitted / student / "double"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "double.py").write_text(source)
    (folder / "timestamp.txt").write_text(received)


def test_work_is_run_again_only_when_it_or_its_suite_or_its_date_changed(run, submitted, book, mini):
    for student in ("ada", "bob"):
        _hand_in(submitted, student)
    _hand_in(submitted, "carl", "def double(x)\n")
    _hand_in(submitted, "dora", received=LATE)
    _, seen = run()
    assert (seen.total, sorted(seen.graded_now), seen.kept) == (4, ["ada", "bob", "carl", "dora"], [])
    assert {each.student: (each.status, each.score, each.late_s) for each in seen.grades} == {
        "ada": (Status.GRADED, 5.0, 0.0),
        "bob": (Status.GRADED, 5.0, 0.0),
        "carl": (Status.REJECTED, 0.0, 0.0),
        "dora": (Status.GRADED, 4.0, 93660.0),
    }

    _hand_in(submitted, "bob", "def double(x):\n    return 2 * x\n")
    dates = mini / "course/course.yaml"
    dates.write_text(dates.read_text(encoding="utf-8").replace("2026-11-13T", "2026-11-20T"), encoding="utf-8")
    second, seen = run()
    assert (sorted(seen.kept), sorted(seen.graded_now), second.unchanged) == (["ada", "carl"], ["bob", "dora"], 2)
    assert {each.student: each.score for each in seen.grades} == {"ada": 5.0, "bob": 3.0, "carl": 0.0, "dora": 5.0}
    assert [each.score for each in book.history("double", "bob")] == [5.0, 3.0]

    suite = mini / "solutions/double/test_hidden.py"
    suite.write_text(suite.read_text() + "\n")
    assert run(students=("ada",))[1].graded_now == ["ada"]
    assert run(students=("ada",))[1].kept == ["ada"]
    assert run(students=("ada",), fresh=True)[1].graded_now == ["ada"]
    versions = [each.assignment_version for each in book.history("double", "ada")]
    assert len(versions) == 3 and versions[0] != versions[1] == versions[2]


def test_work_that_stands_is_not_read_and_is_read_once_its_date_or_what_was_released_changed(
    run, submitted, mini, monkeypatch
):
    for student in ("ada", "bob", "carl"):
        _hand_in(submitted, student, "def double(x)\n" if student == "carl" else RIGHT)
    first = {each.student: each for each in run()[1].grades}
    taken, reads = use.read_submission, []
    monkeypatch.setattr(use, "read_submission", lambda folder, *rest: reads.append(folder) or taken(folder, *rest))
    assert {each.student: each for each in run()[1].grades} == first and not reads

    os.utime(submitted / "bob/double/double.py", (1, 1))
    _hand_in(submitted, "ada", received=LATE)
    second = {each.student: each for each in run()[1].grades}
    assert sorted(folder.parent.name for folder in reads) == ["ada", "bob"]
    assert (second["bob"], second["carl"], second["ada"].score) == (first["bob"], first["carl"], 4.0)

    reads.clear()
    public = mini / "assignments/double/assignment.json"
    public.write_text(public.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    run()
    assert len(reads) == 3


WRONG_ON_LISTS = "def double(x):\n    return x + x if isinstance(x, list) else 2 * x\n"


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, tuple[str, ...]]]:
    """Student and standing groups of each job that is sent to a process."""
    sent = []
    dump = use.JOB.dump_json

    def noted(job):
        sent.append((job.submission.student, job.standing))
        return dump(job)

    monkeypatch.setattr(use.JOB, "dump_json", noted)
    return sent


def test_change_of_one_group_runs_it_and_what_was_lost_and_nothing_else(run, submitted, book, mini, ran):
    _hand_in(submitted, "ada")
    _hand_in(submitted, "bob", WRONG_ON_LISTS)
    run()
    assert sorted(ran) == [("ada", ()), ("bob", ())]
    ran.clear()

    suite = mini / "solutions/double/test_hidden.py"
    text = suite.read_text()
    suite.write_text(text.replace("for x in (0", "for x in (7, 0"))
    run()
    assert sorted(ran) == [("ada", ("lists",)), ("bob", ())]
    partly = {each.student: each.groups for each in book.latest()}
    run(fresh=True)
    assert {each.student: each.groups for each in book.latest()} == partly


def test_change_that_no_check_depends_on_runs_nothing_of_what_was_earned(run, submitted, book, mini, ran):
    _hand_in(submitted, "ada")
    run()
    ran.clear()
    described = mini / "solutions/double/assignment.yaml"
    described.write_text(described.read_text(encoding="utf-8").replace("minutes: ", "minutes: 1"), encoding="utf-8")
    assert run()[1].graded_now == ["ada"] and ran == []
    first, second = book.history("double", "ada")
    assert (first.groups, first.score, first.notes) == (second.groups, second.score, second.notes)
    assert first.assignment_version != second.assignment_version
    assert run()[1].kept == ["ada"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("assignment.yaml", "test_s: 2", "test_s: 3"),
        ("double.py", "return x + x", "return x * 2"),
    ],
)
def test_change_of_what_all_groups_share_runs_everything(run, submitted, mini, ran, file, old, new):
    _hand_in(submitted, "ada")
    run()
    changed = mini / "solutions/double" / file
    text = changed.read_text(encoding="utf-8")
    assert old in text
    changed.write_text(text.replace(old, new), encoding="utf-8")
    run()
    assert ran == [("ada", ())] * 2


def test_fault_of_the_suite_is_a_review_and_is_tried_again(run, submitted, mini):
    _hand_in(submitted, "ada")
    suite = mini / "solutions/double/test_hidden.py"
    whole = suite.read_text()
    suite.write_text(whole.replace("for x in (0", "for x in (None.shape"))
    (given,) = run()[1].grades
    assert (given.status, given.score) == (Status.NEEDS_REVIEW, 2.0)
    assert given.fault is not None and "AttributeError" in given.fault
    assert run()[1].graded_now == ["ada"]


def test_assignment_that_is_wrong_is_a_problem_and_grades_nobody(run, submitted, mini, book):
    _hand_in(submitted, "ada")
    suite = mini / "solutions/double/test_hidden.py"
    suite.write_text("import absent_module\n")
    done, seen = run()
    assert seen.grades == [] and len(done.problems) == 1 and "absent_module" in done.problems[0]
    (mini / "solutions/double/assignment.yaml").write_text("schema: 1\n")
    done, seen = run()
    assert seen.grades == [] and any("assignment.yaml" in line for line in done.problems)
    assert book.latest() == []


def test_nothing_to_grade_is_refused_before_any_process_starts(run, submitted):
    with pytest.raises(SubmissionError, match="no submission for double"):
        run()
    _hand_in(submitted, "ada")
    with pytest.raises(SubmissionError, match=r"no student 'adda'.*write 'ada'"):
        run(students=("adda",))
    with pytest.raises(CourseError, match=r"no assignment 'duble'.*write 'double'"):
        run(("duble",))


@pytest.mark.parametrize("stray", [".earlier/double", "bob/triple", "double"])
def test_folders_of_no_student_are_passed_over(run, submitted, stray):
    (submitted / stray).mkdir(parents=True)
    with pytest.raises(SubmissionError, match="no submission"):
        run()


def test_name_of_the_seed_does_not_tell_the_secret_and_changes_with_it():
    names = {use.seed_name(secret, slug) for secret in (b"a" * 16, b"b" * 16) for slug in ("double", "triple")}
    assert len(names) == 4 and use.seed_name(b"a" * 16, "double") == use.seed_name(b"a" * 16, "double")


def test_document_is_ordered_and_in_one_language(run, submitted):
    for student in ("bob", "ada"):
        _hand_in(submitted, student, "def double(x):\n    raise NotImplementedError\n")
    document = use.as_document(run()[1].grades, "fr")
    assert document["version"] == 1 and [each["student"] for each in document["grades"]] == ["ada", "bob"]
    assert document["grades"][0]["groups"][0]["message"] == "pas encore écrit"
    assert os.sep not in str(document["grades"][0]["groups"])
