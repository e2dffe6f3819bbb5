"""The ways of grading that are measured: each grades the same works with the same checks and tells when each was done.

Covers this project (tier 1), `nbgrader autograde` in one batch, `otter run`, a fresh Python with pytest per submission,
and the floor: one warm process without isolation. Does not cover which works, nor what is made of the times.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from autograder.adapters.course import Course
from autograder.adapters.gradebook import Gradebook
from autograder.machinery.sandbox import Tier
from autograder.types import Assignment, Grade
from autograder.usecases.grade import Kept, Options, grade
from bench.in_process import ROOT

_LIMIT_S = 1800
_BIN = Path(sys.executable).parent
_ENVIRONMENT = {
    **os.environ, "PYTHONPATH": str(ROOT), "PATH": f"{_BIN}{os.pathsep}{os.environ['PATH']}",
    "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}  # fmt: skip


@dataclass(frozen=True)
class Work:
    """One student's work, as a module and as the code of a notebook's cell."""

    student: str
    source: str


@dataclass(frozen=True)
class Timed:
    """When each submission was done, in seconds of the clock, the start first; and the points it was given."""

    started: float
    done: tuple[float, ...]
    points: tuple[float, ...]

    @property
    def start_s(self) -> float:
        """From the start to the first submission's end."""
        return self.done[0] - self.started

    @property
    def each_s(self) -> float:
        """A submission's share once the first is done."""
        return (self.done[-1] - self.done[0]) / (len(self.done) - 1)


Contender = Callable[[Course, Assignment, Sequence[Work], Path], Timed]


class _Watch(Kept):
    """Notes when each grade is told."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[float] = []

    def graded(self, grade: Grade) -> None:
        super().graded(grade)
        self.done.append(time.time())


def ours(workers: int, tier: Tier = "1") -> Contender:
    """`autograder grade` as it is: recognised mistakes, second runs of odd results and a gradebook on disk included."""

    def run(course: Course, assignment: Assignment, works: Sequence[Work], folder: Path) -> Timed:
        submitted = folder / "submitted"
        for work in works:
            into = submitted / work.student / assignment.slug
            into.mkdir(parents=True)
            (into / f"{assignment.slug}.py").write_text(work.source, encoding="utf-8")
        watch, started = _Watch(), time.time()
        with Gradebook.open(folder / "gradebook.db") as book:
            grade(course, [assignment.slug], submitted, book, Options(tier, workers, fresh=True), watch)
        points = {each.student: sum(group.points for group in each.groups) for each in watch.grades}
        return Timed(started, tuple(watch.done), tuple(points[work.student] for work in works))

    return run


def floor(*options: str) -> Contender:
    """Student code and checks in one warm process, run by pytest as it is.

    With `--bare`, with everything that makes this project fast but the second process: what isolation costs.
    """

    def run(course: Course, assignment: Assignment, works: Sequence[Work], folder: Path) -> Timed:
        started = time.time()
        said = _in_process(assignment, works, folder, *options)
        return Timed(started, tuple(at for at, _ in said), tuple(points for _, points in said))

    return run


def fresh_pytest(course: Course, assignment: Assignment, works: Sequence[Work], folder: Path) -> Timed:
    """A new Python for each submission that imports torch and pytest, collects the suite and runs it."""
    started, done, points = time.time(), [], []
    for work in works:
        ((_, earned),) = _in_process(assignment, [work], folder)
        done.append(time.time())
        points.append(earned)
    return Timed(started, tuple(done), tuple(points))


def _in_process(
    assignment: Assignment, works: Sequence[Work], folder: Path, *options: str
) -> list[tuple[float, float]]:
    files = []
    for work in works:
        files.append(folder / f"{work.student}.py")
        files[-1].write_text(work.source, encoding="utf-8")
    command = [sys.executable, "-m", "bench.in_process", *options, assignment.slug, *map(str, files)]
    said = _run(command, folder).stdout.splitlines()
    documents = [json.loads(line) for line in said if line.startswith('{"at"')]
    return [(each["at"], each["points"]) for each in documents]


def _run(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        command, cwd=folder, env=_ENVIRONMENT, capture_output=True, text=True, timeout=_LIMIT_S, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(
            f"{' '.join(command[:4])} ended with {done.returncode}:\n{(done.stderr or done.stdout)[-4000:]}"
        )
    return done


def _lines(command: Sequence[str], folder: Path) -> Iterator[tuple[float, str]]:
    """Lines as a program prints them, each with the time at which it came."""
    with subprocess.Popen(
        command, cwd=folder, env=_ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            yield time.time(), line
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command[:4])} ended with {process.returncode}:\n{''.join(said)[-4000:]}")


def _notebook(assignment: Assignment, source: str, nbgrader: bool) -> nbformat.NotebookNode:
    """A notebook of one cell of work, and of a cell for each group where nbgrader asks for it."""
    work = new_code_cell(source, id="work")
    cells = [work]
    if nbgrader:
        said = {"schema_version": 3, "task": False}
        work.metadata["nbgrader"] = {**said, "grade_id": "work", "grade": False, "solution": True, "locked": False}
        for group in assignment.groups:
            checks = new_code_cell(_check(assignment, group.id), id=group.id)
            graded = {"grade": True, "solution": False, "locked": True, "points": group.points, "grade_id": group.id}
            checks.metadata["nbgrader"] = {**said, **graded}
            cells.append(checks)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return new_notebook(cells=cells, metadata=kernel)


def _check(assignment: Assignment, group: str) -> str:
    return (
        "from bench.in_process import earned_in_notebook\n"
        f"earned_in_notebook({assignment.slug!r}, {group!r}, globals())"
    )


def nbgrader(course: Course, assignment: Assignment, works: Sequence[Work], folder: Path) -> Timed:
    """`nbgrader autograde` over all submissions in one command, one check cell per group."""
    from nbgrader.api import Gradebook as NbgraderBook

    slug = assignment.slug
    (folder / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.root = {str(folder)!r}\nc.ExecutePreprocessor.timeout = 600\n"
    )
    source = folder / "source" / slug / f"{slug}.ipynb"
    source.parent.mkdir(parents=True)
    stub = "### BEGIN SOLUTION\npass\n### END SOLUTION"
    nbformat.write(_notebook(assignment, stub, nbgrader=True), source)
    _lay_files(assignment, source.parent)
    _run([str(_BIN / "nbgrader"), "generate_assignment", slug, "--force", "--create"], folder)
    released = nbformat.read(folder / "release" / slug / f"{slug}.ipynb", as_version=4)
    for work in works:
        into = folder / "submitted" / work.student / slug
        into.mkdir(parents=True)
        released.cells[0].source = work.source
        nbformat.write(released, into / f"{slug}.ipynb")
        _lay_files(assignment, into)
        (into / "timestamp.txt").write_text(datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S %Z"))
    started, written = time.time(), {}
    for at, line in _lines([str(_BIN / "nbgrader"), "autograde", slug, "--force"], folder):
        if found := re.search(r"Writing \d+ bytes to .*/autograded/([^/]+)/", line):
            written[found[1]] = at  # each is written twice: cleaned, then graded
    with NbgraderBook(f"sqlite:///{folder}/gradebook.db") as book:
        points = tuple(float(book.find_submission(slug, work.student).score) for work in works)
    return Timed(started, tuple(sorted(written.values())), points)


def _lay_files(assignment: Assignment, folder: Path) -> None:
    for name in assignment.files:
        (folder / "data").mkdir(exist_ok=True)
        shutil.copyfile(ROOT / name, folder / "data" / Path(name).name)


def otter(python: Path) -> Contender:
    """`otter run` for each submission, with an otter-grader installed beside `python`."""

    def run(course: Course, assignment: Assignment, works: Sequence[Work], folder: Path) -> Timed:
        bundle = folder / "autograder.zip"
        with zipfile.ZipFile(bundle, "w") as archive:
            archive.writestr("otter_config.json", json.dumps({"show_all_public": True, "score_threshold": None}))
            for group in assignment.groups:
                archive.writestr(
                    f"tests/{group.id.replace('-', '_')}.py", _otter_test(assignment, group.id, group.points)
                )
            for name in assignment.files:
                archive.write(ROOT / name, f"files/data/{Path(name).name}")
        started, done, points = time.time(), [], []
        for work in works:
            into = folder / work.student
            into.mkdir()
            nbformat.write(_notebook(assignment, work.source, nbgrader=False), into / "work.ipynb")
            command = [str(python), "-m", "otter", "run", "-a", str(bundle), "-o", str(into), str(into / "work.ipynb")]
            _run(command, into)
            done.append(time.time())
            said = json.loads((into / "results.json").read_text())
            points.append(sum(test.get("score", 0.0) for test in said["tests"]))
        return Timed(started, tuple(done), tuple(points))

    return run


def _otter_test(assignment: Assignment, group: str, points: float) -> str:
    return (
        "from otter.test_files import test_case\n"
        f"OK_FORMAT = False\nname = {group!r}\npoints = {points!r}\n"
        f"@test_case(points={points!r})\ndef test_{group.replace('-', '_')}(env):\n"
        "    from bench.in_process import earned_in_notebook\n"
        f"    earned_in_notebook({assignment.slug!r}, {group!r}, env)\n"
    )


def otter_python(folder: Path) -> Path | None:
    """A Python of its own with otter-grader and this project's packages, made on first use; None when pip has none."""
    python = folder / "bin" / "python"
    if not python.is_file():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    if not (folder / "bin" / "otter").is_file():
        installed = subprocess.run([str(python), "-m", "pip", "install", "--quiet", "otter-grader"], check=False)
        if installed.returncode != 0:
            return None
    site = next((folder / "lib").glob("python*")) / "site-packages"
    ours = [entry for entry in sys.path if entry.endswith("site-packages")]
    (site / "project.pth").write_text("\n".join(ours) + "\n")  # after its own: torch and pytest are not installed twice
    return python
