"""What students started from, to tell their work from it.

Covers fingerprints of the released module and cells, which stand in `assignment.json`: students work in
the released files themselves. Does not cover building a release nor the public checks.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.adapters.notebook import NotebookCell
from autograder.adapters.released import PUBLIC_FILE
from autograder.adapters.yaml_file import shown
from autograder.errors import CourseError, Location, problem


@dataclass(frozen=True)
class Handout:
    """Fingerprints of what was released: the module, and cells of code, of checks and to try things in."""

    module: str
    code: frozenset[str]
    checks: frozenset[str]
    tries: frozenset[str]

    def json(self) -> dict[str, str | list[str]]:
        """As it stands in `assignment.json`."""
        return {
            "module": self.module,
            "code": sorted(self.code),
            "checks": sorted(self.checks),
            "tries": sorted(self.tries),
        }


NO_HANDOUT = Handout("", frozenset(), frozenset(), frozenset())


def fingerprint(source: str) -> str:
    """16 hex digits of a source; blank lines and spaces at the end of lines do not count."""
    plain = "\n".join(line.rstrip() for line in source.splitlines() if line.strip())
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def is_check(cell: NotebookCell, handout: Handout) -> bool:
    """Is this cell one of the released public checks, edited or not?"""
    marked = cell.is_test or cell.grade_id.startswith("check-") or cell.id.startswith("check-")
    return marked or fingerprint(cell.source) in handout.checks


def is_try(cell: NotebookCell, handout: Handout) -> bool:
    """Is this cell one of the released cells to try things in, edited or not?"""
    return "try" in cell.tags or cell.id.startswith("try-") or fingerprint(cell.source) in handout.tries


def handout_of(module: str, cells: Iterable[NotebookCell]) -> Handout:
    """The fingerprints of a release, from its module and the code cells of its notebooks."""
    kinds: dict[str, set[str]] = {"code": set(), "checks": set(), "tries": set()}
    for cell in cells:
        kind = "checks" if is_check(cell, NO_HANDOUT) else "tries" if is_try(cell, NO_HANDOUT) else "code"
        kinds[kind].add(fingerprint(cell.source))
    return Handout(fingerprint(module), **{kind: frozenset(found) for kind, found in kinds.items()})


def read_handout(folder: Path) -> Handout:
    """The fingerprints in a released folder. Raises CourseError when its `assignment.json` has none."""
    path = folder / PUBLIC_FILE
    try:
        found: Any = json.loads(path.read_text(encoding="utf-8"))["handout"]
        return Handout(found["module"], frozenset(found["code"]), frozenset(found["checks"]), frozenset(found["tries"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        what = "what was released cannot be told from it"
        raise CourseError(problem(Location(shown(path)), what, "run: autograder release")) from None
