"""A drop folder: the archives that `autograder submit` left there.

Covers several hand-ins of one student (the newest counts), sums that are wrong, and archives from another's account.
When one came in is what the disk says of its last change, which its owner cannot set; of a copy, the date of copying.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from autograder.adapters.deliveries.delivery import Delivery, Kind, Reading, Who, entries, is_work
from autograder.adapters.deliveries.exchange import owner_of
from autograder.adapters.handin import Handin, is_handin_name, open_handin
from autograder.adapters.received import CLOCK_SLACK
from autograder.adapters.student_name import shown
from autograder.errors import SubmissionError

RECEIPT_SUFFIX = ".receipt.json"
_MOST_MIB = 2048  # unpacked in one reading, as one archive may be


def recognises(folder: Path, slugs: Sequence[str]) -> bool:
    return any(is_handin_name(entry.name) for entry in entries(folder))


def read(reading: Reading) -> Iterator[Delivery]:
    """The newest hand-in of each student for each assignment."""
    newest: dict[tuple[str, str], tuple[datetime, Path]] = {}
    for entry in entries(reading.folder):
        match = is_handin_name(entry.name)
        if match is None:
            if not entry.name.endswith(RECEIPT_SUFFIX):
                reading.told.append(f"{shown(entry.name)}: no archive of `autograder submit`")
        elif match["slug"] not in reading.slugs:
            reading.told.append(f"{shown(entry.name)}: '{match['slug']}' is no assignment of this course")
        elif is_work(entry, reading.told):
            key, moment = (match["student"], match["slug"]), dropped_at(entry, reading.direct)
            if key not in newest or (moment, entry.name) >= (newest[key][0], newest[key][1].name):
                newest[key] = (moment, entry)
    owners = {student for student, _ in newest}
    for (student, _), (moment, entry) in sorted(newest.items()):
        handin = opened(entry, entry.name, reading)
        if handin is None:
            continue
        if reading.direct and (owner := owner_of(entry)) in owners - {student}:
            reading.told.append(f"{shown(entry.name)}: handed in by the account of '{shown(owner)}'")
        if abs(moment - handin.made_at) > CLOCK_SLACK:
            dates = (
                f"{handin.made_at.astimezone(UTC):%Y-%m-%d %H:%M} says the student's machine, {moment:%Y-%m-%d %H:%M}"
            )
            reading.told.append(f"{shown(entry.name)}: {dates} UTC the disk; the disk's date counts")
        who = Who(handin.student, handin.student, (("student", handin.student), ("login", handin.student)))
        yield Delivery(who, handin.slug, ((handin.file, handin.path),), moment, handin=entry)


def dropped_at(path: Path, direct: bool) -> datetime:
    """When an archive came into the folder; of an unpacked folder, the date that the outer archive gives it."""
    status = path.lstat()
    return datetime.fromtimestamp(status.st_ctime if direct else status.st_mtime, UTC)


def opened(archive: Path, named: str, reading: Reading) -> Handin | None:
    """A hand-in, by the name that `submit` gave it, unpacked into the room; None, and told, when it is not right."""
    name = shown(named)
    used = sum(path.stat().st_size for path in reading.room.rglob("*") if path.is_file())
    if used > _MOST_MIB * 2**20:
        reading.told.append(f"{name}: more than {_MOST_MIB} MiB of hand-ins; collect the others by themselves")
        return None
    into = Path(tempfile.mkdtemp(prefix="handin-", dir=reading.room))
    try:
        handin = open_handin(archive, into)
    except SubmissionError as error:
        reading.told.append(f"{name}: not taken in: {error}")
        return None
    match = is_handin_name(named)
    if match is None or match["slug"] != handin.slug or handin.slug not in reading.slugs:
        reading.told.append(f"{name}: its manifest tells of another assignment, '{shown(handin.slug)}'")
        return None
    return handin


def inside(delivery: Delivery, reading: Reading) -> Delivery:
    """A delivery that is nothing but a hand-in's archive, opened; whose it is, its source knows better."""
    if len(delivery.files) != 1:
        return delivery
    name, path = delivery.files[0]
    if is_handin_name(Path(name).name) is None:
        return delivery
    handin = opened(path, Path(name).name, reading)
    return (
        delivery
        if handin is None
        else replace(delivery, slug=handin.slug, files=((handin.file, handin.path),), handin=path)
    )


KIND = Kind("dropped", "a drop folder of `autograder submit`", recognises, read)
