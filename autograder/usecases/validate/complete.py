"""Complete: everything that `autograder new` left open is filled in.

Covers the placeholders and the files that must exist. Does not cover whether what was filled in is right.
"""

from __future__ import annotations

from autograder.adapters.yaml_file import shown
from autograder.errors import Location, problem
from autograder.types import Assignment

PLACEHOLDERS = ("FILL IN", "À COMPLÉTER")


def judge(assignment: Assignment) -> tuple[str, ...]:
    """One line per placeholder that still stands, and per file that is missing."""
    folder, found = assignment.folder, []
    for file in sorted(folder.rglob("*")):
        if file.suffix in (".py", ".yaml") and file.is_file():
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                if any(each in line for each in PLACEHOLDERS):
                    found.append(problem(Location(shown(file), number), "left to fill in", "write it"))
    if not (folder / "test_hidden.py").is_file():
        found.append(problem(Location(shown(folder / "test_hidden.py")), "there is no hidden suite", "write it"))
    return tuple(found)
