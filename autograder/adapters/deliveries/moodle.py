"""A Moodle assignment's "Download all submissions".

Covers `<full name>_<participant>_assignsubmission_file[_]/…`, and the same in front of each file's name when it was
downloaded without folders. Dates are those of the files, which Moodle takes from when they were handed in. Does not
cover online text, which is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.adapters.deliveries.delivery import (
    Delivery,
    Kind,
    Reading,
    Who,
    entries,
    is_folder,
    is_work,
    newest,
    slug_of,
    work_below,
)
from autograder.adapters.student_name import shown

_ENTRY = re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?P<plugin>[a-z]+)(?:_(?P<file>.*))?", re.DOTALL)


def recognises(folder: Path, slugs: Sequence[str]) -> bool:
    return any(_ENTRY.fullmatch(entry.name) for entry in entries(folder))


def read(reading: Reading) -> Iterator[Delivery]:
    """One hand-in per participant."""
    files: dict[tuple[str, str], list[tuple[str, Path]]] = {}
    texts: set[tuple[str, str]] = set()
    for entry in entries(reading.folder):
        match = _ENTRY.fullmatch(entry.name)
        if match is None:
            reading.told.append(f"{shown(entry.name)}: no hand-in of Moodle's")
            continue
        person = (match["name"], match["id"])
        if match["plugin"] != "file":
            texts.add(person)
        elif is_folder(entry):
            files.setdefault(person, []).extend(work_below(entry, reading.told))
        elif is_work(entry, reading.told):
            files.setdefault(person, []).append((match["file"] or entry.name, entry))
    for name, number in sorted(texts - files.keys()):
        reading.told.append(f"{shown(name)} ({number}): handed in as online text, not as a file")
    for (name, number), mine in sorted(files.items()):
        who = Who(f"{name} ({number})", name, (("moodle", number),), name)
        yield Delivery(who, slug_of([each for each, _ in mine], reading.slugs), tuple(mine), newest(mine))


KIND = Kind("moodle", "a Moodle assignment download", recognises, read, one_assignment=True)
