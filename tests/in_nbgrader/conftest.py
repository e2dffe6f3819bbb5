"""Real nbgrader commands in folders of the tests, away from the settings of whoever runs them.

Covers commands in processes of their own, many commands at the price of one start, and reading `gradebook.db`.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

SECRET = "a secret of the tests, long enough"
MINI = Path(__file__).parents[1] / "courses" / "mini"
BIN = Path(sys.executable).parent
_CELLS = """
SELECT assignment.name, submitted_assignment.student_id, base_cell.name, grade.auto_score, grade.manual_score,
       grade.extra_credit, grade.needs_manual_grade, submitted_assignment.timestamp,
       submitted_notebook.late_submission_penalty
FROM grade
JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id
JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
JOIN assignment ON submitted_assignment.assignment_id = assignment.id
JOIN base_cell ON base_cell.id = grade.cell_id
ORDER BY 1, 2, 3
"""


@dataclass(frozen=True)
class Row:
    """One cell of nbgrader's gradebook."""

    slug: str
    student: str
    cell: str
    auto: float | None
    manual: float | None
    extra: float | None
    needs_manual: int
    timestamp: str | None
    penalty: float | None


@dataclass(frozen=True)
class Command:
    """One nbgrader command: its words, and where it runs."""

    argv: tuple[str, ...]
    cwd: Path


@dataclass(frozen=True)
class Desk:
    """A folder in which a course and its nbgrader directories are made, and commands run."""

    root: Path

    @property
    def course(self) -> Path:
        return self.root / "course"

    def environment(self) -> dict[str, str]:
        home = self.root / "home"
        (home / "jupyter").mkdir(parents=True, exist_ok=True)
        return {
            **os.environ,
            "PATH": os.pathsep.join([str(BIN), os.environ["PATH"]]),
            "HOME": str(home),
            "JUPYTER_CONFIG_DIR": str(home / "jupyter"),
            "AUTOGRADER_SECRET": SECRET,
            "NO_COLOR": "1",
        }

    def run(self, *argv: str, cwd: Path | None = None, code: int | tuple[int, ...] = 0) -> str:
        """What a command prints on both streams. Fails the test on another exit code."""
        done = self._done(argv, cwd or self.course, code)
        return done.stdout + done.stderr

    def output(self, *argv: str, code: int | tuple[int, ...] = (0, 3)) -> str:
        """What a command prints on stdout; 3 says that some work needs a look."""
        return self._done(argv, self.course, code).stdout

    def _done(self, argv: tuple[str, ...], cwd: Path, code: int | tuple[int, ...]) -> subprocess.CompletedProcess[str]:
        program = str(BIN / argv[0])
        done = subprocess.run([program, *argv[1:]], cwd=cwd, env=self.environment(), capture_output=True, text=True)
        codes = (code,) if isinstance(code, int) else code
        assert done.returncode in codes, f"{argv} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def nbgrader(self, commands: Sequence[Command]) -> list[str]:
        """What each nbgrader command prints, run in turn in processes that start as copies of one."""
        tasks = [{"argv": each.argv, "cwd": str(each.cwd), "env": self.environment()} for each in commands]
        done = subprocess.run(
            [sys.executable, str(Path(__file__).with_name("many.py"))],
            input=json.dumps(tasks),
            env=self.environment(),
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        results = json.loads(done.stdout)
        failed = [(task["argv"], said) for task, (code, said) in zip(tasks, results, strict=True) if code]
        assert failed == []
        return [said for _, said in results]


def gradebook(nbgrader: Path) -> list[Row]:
    """Every graded cell of every student in an nbgrader course."""
    with sqlite3.connect(f"file:{nbgrader / 'gradebook.db'}?mode=ro", uri=True) as book:
        return [Row(*row) for row in book.execute(_CELLS)]


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """A desk in a folder that other users may enter, since hand-ins run as one of them."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        root.chmod(0o755)
        yield Desk(root)


@pytest.fixture(scope="module")
def mini_desk(desk: Desk) -> Desk:
    """A desk with the mini course and its nbgrader directory `nb`, the assignment generated."""
    shutil.copytree(MINI, desk.course)
    desk.run("autograder", "nbgrader", "setup", "nb")
    desk.nbgrader([Command(("generate_assignment", "double"), desk.course / "nb")])
    return desk
