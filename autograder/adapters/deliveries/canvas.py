"""A Canvas assignment's "Download submissions".

Covers `<lastnamefirst>_[LATE_]<user>_<file>_<name>`. Canvas says whether work was late, not when it came: the files
have the date of the download. Does not cover text entries and links, which are told.
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
    is_work,
    newest,
    plain_name,
    slug_of,
)
from autograder.adapters.student_name import shown

_FILE = re.compile(r"(?P<name>[^_].*?)_(?:(?P<late>late)_)?(?P<user>\d+)_\d+_(?P<file>.+)", re.IGNORECASE | re.DOTALL)
_TEXT = re.compile(r"(?P<name>[^_].*?)_(?:late_)?\d+_(?:text|link)\.html", re.IGNORECASE | re.DOTALL)


def recognises(folder: Path, slugs: Sequence[str]) -> bool:
    """Do all files bear Canvas' numbers, and at least one work among them?"""
    names = [entry.name for entry in entries(folder)]
    known = [name for name in names if _FILE.fullmatch(name)]
    return bool(known) and all(name in known or _TEXT.fullmatch(name) for name in names)


def read(reading: Reading) -> Iterator[Delivery]:
    """One hand-in per user of Canvas."""
    files: dict[tuple[str, str], list[tuple[str, Path]]] = {}
    late: set[tuple[str, str]] = set()
    for entry in entries(reading.folder):
        match = _FILE.fullmatch(entry.name)
        if match is None:
            why = "handed in as text, not as a file" if _TEXT.fullmatch(entry.name) else "no hand-in of Canvas'"
            reading.told.append(f"{shown(entry.name)}: {why}")
        elif is_work(entry, reading.told):
            person = (match["name"], match["user"])
            files.setdefault(person, []).append((match["file"], entry))
            late |= {person} if match["late"] else set()
    for person, given in sorted(files.items()):
        name, user = person
        mine = tuple((_plain(each, given, reading.slugs), path) for each, path in given)
        if person in late:
            reading.told.append(
                f"{shown(name)} ({user}): late, says Canvas, and not by how much; the file's date counts"
            )
        who = Who(f"{name} ({user})", name, (("canvas", user),), name, squeezed=True)
        yield Delivery(who, slug_of([each for each, _ in mine], reading.slugs), mine, newest(mine), person not in late)


def _plain(name: str, given: Sequence[tuple[str, Path]], slugs: Sequence[str]) -> str:
    """`double-1.py`, as Canvas calls a second hand-in, as the student called it; unless both are there."""
    plain = plain_name(name, slugs)
    return name if plain in [each for each, _ in given] else plain


KIND = Kind("canvas", "a Canvas submissions download", recognises, read, one_assignment=True)
