"""What students started from, `assignments/<slug>/`, to tell their work from it.

Covers the sources of the released module and notebooks. Does not cover building them (`release`) nor the
public checks; needs nothing of the instructor's.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autograder.adapters.notebook import NotebookCell, read_notebook
from autograder.adapters.untrusted_file import Unreadable
from autograder.adapters.yaml_file import shown
from autograder.errors import CourseError, Location, problem

SUFFIXES = (".ipynb", ".fr.ipynb")
REMEDY = "take the folder again from the course, or build it: autograder release"


@dataclass(frozen=True)
class Handout:
    """Sources of what was released, each without blank lines and trailing spaces."""

    module: str
    code: frozenset[str]
    checks: frozenset[str]
    tries: frozenset[str]


NO_HANDOUT = Handout("", frozenset(), frozenset(), frozenset())


def plain(source: str) -> str:
    """A source as it is compared: no blank lines, no spaces at the end of lines."""
    return "\n".join(line.rstrip() for line in source.splitlines() if line.strip())


def is_check(cell: NotebookCell, handout: Handout) -> bool:
    """Is this cell one of the released public checks, edited or not?"""
    names = (cell.grade_id, cell.id)
    return cell.is_test or any(name.startswith("check-") for name in names) or plain(cell.source) in handout.checks


def is_try(cell: NotebookCell, handout: Handout) -> bool:
    """Is this cell one of the released cells to try things in, edited or not?"""
    return "try" in cell.tags or cell.id.startswith("try-") or plain(cell.source) in handout.tries


def read_handout(folder: Path, slug: str) -> Handout:
    """The sources in a released folder; what is missing there is empty."""
    module = folder / f"{slug}.py"
    cells: list[NotebookCell] = []
    for suffix in SUFFIXES:
        notebook = folder / f"{slug}{suffix}"
        if notebook.is_file():
            try:
                cells += read_notebook(notebook.read_bytes(), notebook.name)
            except Unreadable:
                raise CourseError(problem(Location(shown(notebook)), "not a notebook", REMEDY)) from None
    checks = [cell for cell in cells if is_check(cell, NO_HANDOUT)]
    tries = [cell for cell in cells if is_try(cell, NO_HANDOUT)]
    return Handout(
        module=plain(module.read_text(encoding="utf-8")) if module.is_file() else "",
        code=frozenset(plain(cell.source) for cell in cells if cell not in checks and cell not in tries),
        checks=frozenset(plain(cell.source) for cell in checks),
        tries=frozenset(plain(cell.source) for cell in tries),
    )
