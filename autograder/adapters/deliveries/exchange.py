"""nbgrader's exchange: `inbound/<user>+<assignment>+<timestamp>[+<random>]/`, as `nbgrader submit` writes it.

Covers several hand-ins of one student (the newest counts, the others stay where they are) and folders that belong to
someone else's account. Does not cover the outbound and feedback folders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from autograder.adapters.deliveries.delivery import Delivery, Kind, Reading, Who, entries, is_folder, work_below
from autograder.adapters.received import parse_timestamp
from autograder.adapters.student_name import shown
from autograder.adapters.submission import NEVER

# The date may carry an offset with a plus sign of its own; user names may hold one too.
_HAND_IN = re.compile(
    r"(?P<user>.+)\+(?P<slug>[^+]+)\+(?P<stamp>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? (?:[A-Za-z]+|[-+]\d{4}))"
    r"(?:\+[^+]*)?"
)


def inbound(folder: Path) -> Path:
    """The folder of hand-ins: this one, its `inbound/`, or that of the only course below it."""
    if (folder / "inbound").is_dir():
        return folder / "inbound"
    courses = [entry for entry in entries(folder) if (entry / "inbound").is_dir()]
    return courses[0] / "inbound" if len(courses) == 1 else folder


def recognises(folder: Path, slugs: Sequence[str]) -> bool:
    return any(is_folder(entry) and _HAND_IN.fullmatch(entry.name) for entry in entries(inbound(folder)))


def read(reading: Reading) -> Iterator[Delivery]:
    """The newest hand-in of each student for each assignment."""
    newest: dict[tuple[str, str], tuple[datetime, Path]] = {}
    for entry in entries(inbound(reading.folder)):
        match = _HAND_IN.fullmatch(entry.name)
        if match is None or not is_folder(entry):
            reading.told.append(f"{shown(entry.name)}: no hand-in of nbgrader's")
            continue
        if match["slug"] not in reading.slugs:
            reading.told.append(f"{shown(entry.name)}: '{shown(match['slug'])}' is no assignment of this course")
            continue
        key, moment = (match["user"], match["slug"]), _moment(match["stamp"], entry, reading)
        if key not in newest or moment >= newest[key][0]:
            newest[key] = (moment, entry)
    users = {user for user, _ in newest}
    for (user, slug), (moment, entry) in sorted(newest.items()):
        owner = owner_of(entry)
        if reading.direct and owner in users - {user}:
            reading.told.append(f"{shown(entry.name)}: handed in by the account of '{shown(owner)}'")
        files = tuple((name, path) for name, path in work_below(entry, reading.told) if name != "submission_secret.txt")
        who = Who(user, user, (("login", user), ("student", user), ("email", user)))
        yield Delivery(who, slug, files, moment if moment != NEVER else None)


def owner_of(path: Path) -> str:
    """The account that a file belongs to, empty where accounts have no names."""
    try:
        return path.owner()
    except (KeyError, OSError, NotImplementedError):
        return ""


def _moment(stamp: str, entry: Path, reading: Reading) -> datetime:
    try:
        return parse_timestamp(stamp)
    except (ValueError, OverflowError):
        reading.told.append(f"{shown(entry.name)}: its date is not understood; that of its timestamp.txt counts")
        return NEVER


KIND = Kind("nbgrader", "an nbgrader exchange", recognises, read)
