"""The whole nbgrader cycle with its real commands: five assignments, twelve students, graded both ways.

Covers setting up, generating, releasing, listing, fetching, submitting, collecting, grading by `nbgrader autograde` and
by `autograder grade`, what an instructor puts in by hand, feedback and export. Each command runs once in a process of
its own; where it is run for many, the others are forks of one process (`many.py`).
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from nbgrader.api import Gradebook

from autograder.adapters.authoring import read_script, reference_source
from autograder.adapters.course import load_assignment, load_course
from autograder.adapters.script import BEGIN, END
from autograder.types import Assignment
from autograder.usecases.simulated_class import NAMES, completed_notebook

from .conftest import Command, Desk, Row, gradebook

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SLUGS = ("bpe", "word2vec", "attention", "transformer-block", "chat-template")
LATE, LATE_H, PER_DAY = "bpe", 30, 0.1
LOST_BY_LATENESS = 0.2  # two days have started
STUDENTS = NAMES[:12]
EXTENDED, MARKED = STUDENTS[0], STUDENTS[2]
Work = Callable[[Assignment, bytes], dict[str, bytes]]


@dataclass(frozen=True)
class Cycle:
    """Where the class was graded: `nb` by nbgrader, `direct` by autograder, and what the latter printed."""

    desk: Desk
    printed: dict[str, dict[str, Any]]
    listed: str

    @property
    def nb(self) -> Path:
        return self.desk.course / "nb"

    @property
    def direct(self) -> Path:
        return self.desk.course / "direct"


def _appended(*sources: str) -> Work:
    """The solved notebook, and cells of these sources at its end."""

    def work(assignment: Assignment, released: bytes) -> dict[str, bytes]:
        notebook = _solved(assignment)
        for number, source in enumerate(sources):
            notebook["cells"].append(_code(source, f"mine-{number}"))
        return _as_notebook(assignment, notebook)

    return work


def _untouched(assignment: Assignment, released: bytes) -> dict[str, bytes]:
    return {}


def _half(assignment: Assignment, released: bytes) -> dict[str, bytes]:
    """Every other solution cell is written, the rest is as it was handed out."""
    stub = {cell["id"]: cell for cell in json.loads(released)["cells"]}
    notebook = _solved(assignment)
    work = [cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("solution")]
    for cell in work[1::2]:
        cell["source"] = stub[cell["id"]]["source"]
    return _as_notebook(assignment, notebook)


def _mistaken(*places: int) -> Work:
    """Known mistakes of the assignment, by their place among them."""

    def work(assignment: Assignment, released: bytes) -> dict[str, bytes]:
        chosen = [assignment.mistakes[place % len(assignment.mistakes)] for place in places]
        content = completed_notebook(assignment, read_script(assignment), "en", chosen)
        return {f"{assignment.slug}.ipynb": content}

    return work


def _module(assignment: Assignment, released: bytes) -> dict[str, bytes]:
    """The work is in the module, the notebook beside it is as it was handed out."""
    return {f"{assignment.slug}.py": reference_source(assignment).encode()}


def _without_metadata(assignment: Assignment, released: bytes) -> dict[str, bytes]:
    notebook = _solved(assignment)
    for cell in notebook["cells"]:
        cell["metadata"] = {}
    return _as_notebook(assignment, notebook)


def _solved(assignment: Assignment) -> dict[str, Any]:
    return json.loads(completed_notebook(assignment, read_script(assignment), "en"))


def _as_notebook(assignment: Assignment, notebook: dict[str, Any]) -> dict[str, bytes]:
    return {f"{assignment.slug}.ipynb": json.dumps(notebook).encode()}


def _code(source: str, id: str) -> dict[str, Any]:
    return {"cell_type": "code", "execution_count": None, "id": id, "metadata": {}, "outputs": [], "source": source}


WORKS: tuple[Work, ...] = (
    _appended(),
    _untouched,
    _half,
    _mistaken(0),
    _mistaken(3, 7),
    _mistaken(5),
    _appended("def broken(:"),
    _appended("import sys", "print('a line on stderr', file=sys.stderr)"),
    _appended("raise RuntimeError('after everything')"),
    _module,
    _without_metadata,
    _mistaken(1, 2, 4),
)


@pytest.fixture(scope="module")
def cycle(desk: Desk) -> Iterator[Cycle]:
    _write_course(desk)
    desk.run("autograder", "nbgrader", "setup", "nb", "--lang", "en", "--exchange", str(desk.root / "exchange"))
    nb = desk.course / "nb"
    _each(desk, nb, "generate_assignment", "release_assignment")
    listed = desk.run("nbgrader", "list", cwd=nb)
    _work(desk)
    _hand_in(desk)
    shutil.copytree(nb, desk.course / "direct")
    with (nb / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f'c.SubmissionExporter.gradebook = "{desk.root / "through.db"}"\n')
        # Other tests run at the same time: a process more is a start more.
        config.write("c.SubmissionExporter.workers = 1\n")
    _each(desk, nb, "autograde")
    printed = json.loads(_grade(desk, "--json"))
    grades = {f"{each['student']}/{each['assignment']}": each for each in printed["grades"]}
    yield Cycle(desk, grades, listed)


def _grade(desk: Desk, *options: str) -> str:
    argv = ("grade", "--nbgrader", "direct", "--gradebook", str(desk.root / "direct.db"), "--workers", "1", *options)
    return desk.output("autograder", *argv)


def _write_course(desk: Desk) -> None:
    for slug in SLUGS:
        shutil.copytree(ROOT / "solutions" / slug, desk.course / "solutions" / slug)
    settings = yaml.safe_load((ROOT / "course" / "course.yaml").read_text(encoding="utf-8"))
    now = datetime.now(UTC)
    dates = {slug: now + timedelta(days=7) for slug in SLUGS} | {LATE: now - timedelta(hours=LATE_H)}
    settings["assignments"] = [{"slug": slug, "due": dates[slug].isoformat(), "weight": 1} for slug in SLUGS]
    settings |= {"quizzes": [], "lessons": [], "late_penalty_per_day": PER_DAY}
    shutil.copytree(ROOT / "course" / "data", desk.course / "course" / "data")
    (desk.course / "course" / "course.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")


def _each(desk: Desk, cwd: Path, *commands: str) -> None:
    """The commands for the first assignment in processes of their own, for the others in forks."""
    for command in commands:
        desk.run("nbgrader", command, SLUGS[0], cwd=cwd)
    desk.nbgrader([Command((command, slug), cwd) for slug in SLUGS[1:] for command in commands])


def _home(desk: Desk, student: str) -> Path:
    return desk.root / "students" / student


def _work(desk: Desk) -> None:
    """Each student fetches all assignments and does what they are able to."""
    places = f'c = get_config()\nc.Exchange.root = "{desk.root / "exchange"}"\nc.CourseDirectory.course_id = "llm"\n'
    for student in STUDENTS:
        _home(desk, student).mkdir(parents=True)
        cache = f'c.Exchange.cache = "{_home(desk, student) / "cache"}"\n'
        (_home(desk, student) / "nbgrader_config.py").write_text(places + cache, encoding="utf-8")
    desk.run("nbgrader", "fetch_assignment", *SLUGS, cwd=_home(desk, STUDENTS[0]))
    fetch = ("fetch_assignment", *SLUGS)
    desk.nbgrader([Command(fetch, _home(desk, student)) for student in STUDENTS[1:]])
    course = load_course(desk.course)
    for slug in SLUGS:
        assignment = load_assignment(course, slug)
        for student, work in zip(STUDENTS, WORKS, strict=True):
            folder = _home(desk, student) / slug
            for name, content in work(assignment, (folder / f"{slug}.ipynb").read_bytes()).items():
                (folder / name).write_bytes(content)


def _submit(student: str, slug: str) -> tuple[str, ...]:
    """One account plays the whole class, so each says who it is."""
    return ("submit", slug, "--student", student)


def _hand_in(desk: Desk) -> None:
    first, *others = [(student, slug) for slug in SLUGS for student in STUDENTS]
    desk.run("nbgrader", *_submit(*first), cwd=_home(desk, first[0]))
    desk.nbgrader([Command(_submit(student, slug), _home(desk, student)) for student, slug in others])
    _each(desk, desk.course / "nb", "collect")


def _points(rows: list[Row]) -> dict[tuple[str, str], float | None]:
    return {(f"{row.student}/{row.slug}", row.cell): row.auto for row in rows}


def test_what_students_fetch_is_what_we_release(cycle: Cycle):
    for slug in SLUGS:
        fetched = _home(cycle.desk, STUDENTS[1]) / slug
        ours = ROOT / "assignments" / slug
        theirs = json.loads((fetched / f"{slug}.ipynb").read_text(encoding="utf-8"))["cells"]
        assert theirs == json.loads((ours / f"{slug}.ipynb").read_text(encoding="utf-8"))["cells"]
        beside = {path.relative_to(ours): path.read_bytes() for path in ours.rglob("*") if path.is_file()}
        for name, content in beside.items():
            if name.suffix != ".ipynb":
                assert (fetched / name).read_bytes() == content
    assert all(slug in cycle.listed for slug in SLUGS)


def test_both_ways_and_the_printed_document_agree_cell_by_cell(cycle: Cycle):
    rows = gradebook(cycle.nb)
    assert rows == gradebook(cycle.direct)
    printed = {
        (name, f"check-{group['id']}"): group["points"]
        for name, grade in cycle.printed.items()
        for group in grade["groups"]
    }
    assert _points(rows) == printed
    assert len(cycle.printed) == len(STUDENTS) * len(SLUGS)
    assert {row.needs_manual for row in rows} == {0}


def test_class_is_of_mixed_quality_and_lateness_costs_what_the_course_says(cycle: Cycle):
    for slug in SLUGS:
        grades = [cycle.printed[f"{student}/{slug}"] for student in STUDENTS]
        assert len({each["score"] for each in grades}) >= 4
        kept = 1 - LOST_BY_LATENESS if slug == LATE else 1
        assert grades[0]["score"] == pytest.approx(grades[0]["max_score"] * kept)
        assert grades[1]["score"] == 0
    for row in gradebook(cycle.nb):
        name = f"{row.student}/{row.slug}"
        earned = sum(group["points"] for group in cycle.printed[name]["groups"])
        assert cycle.printed[name]["score"] == pytest.approx(earned - (row.penalty or 0))


def test_export_holds_the_scores_that_were_printed(cycle: Cycle):
    cycle.desk.run("nbgrader", "export", "--to", "grades.csv", cwd=cycle.nb)
    with (cycle.nb / "grades.csv").open(encoding="utf-8", newline="") as file:
        scores = {f"{row['student_id']}/{row['assignment']}": float(row["score"]) for row in csv.DictReader(file)}
    assert scores == pytest.approx({name: grade["score"] for name, grade in cycle.printed.items()})


def test_feedback_says_our_messages_and_no_hidden_or_solution_line(cycle: Cycle):
    _each(cycle.desk, cycle.nb, "generate_feedback", "release_feedback")
    reader = STUDENTS[3]
    cycle.desk.run("nbgrader", "fetch_feedback", *SLUGS, "--student", reader, cwd=_home(cycle.desk, reader))
    for slug in SLUGS:
        (received,) = (_home(cycle.desk, reader) / slug / "feedback").glob(f"*/{slug}.html")
        assert received.read_bytes() == _feedback(cycle, reader, slug).read_bytes()
        hidden = _telling_lines((cycle.desk.course / "solutions" / slug / "test_hidden.py").read_text(encoding="utf-8"))
        solution = _telling_lines(_solution(cycle, slug))
        public = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "assignments" / slug).glob("*.*"))
        for student in STUDENTS:
            page = unescape(_feedback(cycle, student, slug).read_text(encoding="utf-8"))
            assert [line for line in hidden if line in page and line not in public] == []
            if student == STUDENTS[1]:
                assert [line for line in solution if line in page and line not in public] == []
            for group in cycle.printed[f"{student}/{slug}"]["groups"]:
                assert group["title"] in page


def _feedback(cycle: Cycle, student: str, slug: str) -> Path:
    return cycle.nb / "feedback" / student / slug / f"{slug}.html"


def _telling_lines(source: str) -> list[str]:
    return [line.strip() for line in source.splitlines() if len(line.strip()) > 25]


def _solution(cycle: Cycle, slug: str) -> str:
    script = (cycle.desk.course / "solutions" / slug / f"{slug}.py").read_text(encoding="utf-8")
    return "\n".join(part.split(END)[0] for part in script.split(BEGIN)[1:])


def test_what_the_instructor_put_in_by_hand_survives_a_regrade_both_ways(cycle: Cycle):
    group, comment = _by_hand(cycle.nb)
    assert _by_hand(cycle.direct) == (group, comment)
    for student in (EXTENDED, MARKED):
        cycle.desk.run("nbgrader", "autograde", LATE, "--student", student, "--force", cwd=cycle.nb)
    _grade(cycle.desk, LATE, "--fresh", "--student", EXTENDED, "--student", MARKED)
    rows = gradebook(cycle.nb)
    assert rows == gradebook(cycle.direct)
    own = {row.cell: row for row in rows if (row.student, row.slug) == (MARKED, LATE)}
    assert (own[group].manual, own[group].extra) == (0.25, 0.5)
    assert {cell: row.auto for cell, row in own.items()} == {
        f"check-{each['id']}": each["points"] for each in cycle.printed[f"{MARKED}/{LATE}"]["groups"]
    }
    worth = sum(row.auto for cell, row in own.items() if cell != group) + 0.25 + 0.5
    assert own[group].penalty == pytest.approx(worth * LOST_BY_LATENESS, abs=0.01)
    assert {row.penalty for row in rows if (row.student, row.slug) == (EXTENDED, LATE)} == {None}
    for folder in (cycle.nb, cycle.direct):
        with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "llm") as book:
            assert book.find_comment(comment, LATE, LATE, MARKED).comment == "Seen, and talked about."


def _by_hand(nbgrader: Path) -> tuple[str, str]:
    """A manual score with extra credit, a comment, and an extension of a week; the names of the two cells."""
    with Gradebook(f"sqlite:///{nbgrader / 'gradebook.db'}", "llm") as book:
        notebook = book.find_submission_notebook(LATE, LATE, MARKED)
        grade = min(notebook.grades, key=lambda each: each.name)
        comment = min(notebook.comments, key=lambda each: each.name)
        grade.manual_score, grade.extra_credit = 0.25, 0.5
        comment.manual_comment = "Seen, and talked about."
        book.find_submission(LATE, EXTENDED).extension = timedelta(days=7)
        book.db.commit()
        return grade.name, comment.name
