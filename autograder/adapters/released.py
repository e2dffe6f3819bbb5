"""What a released assignment's folder tells: `assignment.json` and the public checks.

Covers reading what students have. Holds nothing an instructor would hide.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from autograder.errors import Location, SubmissionError, problem
from autograder.types import Assignment, Group, Limits, Text

PUBLIC_FILE = "assignment.json"
CHECKS_FILE = "checks.py"
CHECK_MARKER = re.compile(r'# %% group="([a-z0-9-]+)"\s*')


def read_released(folder: Path) -> Assignment:
    """The public side of an assignment: no mistakes, no solution. Raises SubmissionError with the remedy."""
    path = folder / PUBLIC_FILE
    content = _read(path)
    try:
        found: Any = json.loads(content, parse_constant=_no_number)
        return Assignment(
            slug=found["slug"],
            title=_text(found["title"]),
            module=found["module"],
            groups=tuple(
                Group(each["id"], each["points"], _text(each["title"]), _text(each["hint"])) for each in found["groups"]
            ),
            limits=Limits(**found["limits"]),
            forbidden=tuple(found["forbidden"]),
            requires=tuple(found["requires"]),
            files=tuple(found["files"]),
            difficulty=found["difficulty"],
            importance=found["importance"],
            minutes=found["minutes"],
            draws="shared",
            mistakes=(),
            folder=folder,
            version=hashlib.sha256(content.encode()).hexdigest()[:16],
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _changed(path) from None


def read_checks(folder: Path) -> dict[str, str]:
    """The public check of each group; lines before it are blank, so that line numbers equal the file's."""
    path = folder / CHECKS_FILE
    lines = _read(path).split("\n")
    starts = [(index, match[1]) for index, line in enumerate(lines) if (match := CHECK_MARKER.fullmatch(line))]
    if not starts:
        raise _changed(path)
    return {
        group: "\n" * (start + 1) + "\n".join(lines[start + 1 : end]).rstrip() + "\n"
        for (start, group), (end, _) in zip(starts, [*starts[1:], (len(lines), "")], strict=True)
    }


def _no_number(name: str) -> float:
    """Refuses what JSON does not know: NaN and Infinity."""
    raise ValueError(name)


def _text(entry: dict[str, str]) -> Text:
    return Text(entry["en"], entry["fr"])


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        remedy = (
            "go into the folder that was handed out, or name your file in it: autograder check attention/attention.py"
        )
        raise SubmissionError(problem(Location(str(path.parent)), f"no {path.name} here", remedy)) from None
    except (OSError, UnicodeDecodeError):
        raise _changed(path) from None


def _changed(path: Path) -> SubmissionError:
    remedy = "take the folder again as it was handed out, and put your file back into it"
    return SubmissionError(problem(Location(str(path)), "not what was handed out", remedy))
