"""What is kept of a validation beside an assignment: that it passed, or why it was released all the same.

Covers `validated.json` and `forced.json` in `solutions/<slug>/`, which count in no version. Does not cover validating.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from autograder.types import Assignment

VALIDATED_FILE = "validated.json"
FORCED_FILE = "forced.json"


def write_stamp(assignment: Assignment, figures: Mapping[str, Any]) -> None:
    """Records that this version passed, with its figures; the same validation writes the same bytes."""
    _write(assignment, VALIDATED_FILE, {"version": assignment.version, **figures})


def remove_stamp(assignment: Assignment) -> None:
    """Takes the record of an earlier validation back."""
    (assignment.folder / VALIDATED_FILE).unlink(missing_ok=True)


def is_validated(assignment: Assignment) -> bool:
    """Whether the assignment passed as it stands now."""
    try:
        stamp = json.loads((assignment.folder / VALIDATED_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(stamp, dict) and stamp.get("version") == assignment.version


def record_force(assignment: Assignment, reason: str) -> None:
    """Records why this version was released without having passed, after those of earlier versions."""
    file = assignment.folder / FORCED_FILE
    releases = json.loads(file.read_text(encoding="utf-8"))["releases"] if file.is_file() else []
    entry = {"version": assignment.version, "reason": reason}
    if entry not in releases:
        _write(assignment, FORCED_FILE, {"releases": [*releases, entry]})


def _write(assignment: Assignment, name: str, document: Mapping[str, Any]) -> None:
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    (assignment.folder / name).write_text(text, encoding="utf-8", newline="\n")
