"""When a hand-in came in, and what it was read from.

Covers nbgrader's `timestamp.txt`, the dates of files, and the imprint of a folder: what need not be read again. Does
not cover what the work holds (`submission`), nor stamping it (`submitted`).
"""

from __future__ import annotations

import functools
import os
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path

from autograder.adapters.stand_in import TIMESTAMP_FILE, WORK_SUFFIXES
from autograder.adapters.untrusted_file import MAX_NOTEBOOK_BYTES, Unreadable, as_text, read_regular
from autograder.adapters.unusual import in_the_future
from autograder.types import Text

CLOCK_SLACK = timedelta(minutes=5)  # how far two machines' clocks may stand apart
_STAMP_BYTES = 1000


def when_received(folder: Path, paths: list[Path]) -> tuple[datetime, tuple[Text, ...], tuple[Text, ...]]:
    """When the work came in, with notes and oddities: nbgrader's `timestamp.txt`, else the newest file's date.

    A date in the future is not believed.
    """
    notes: tuple[Text, ...] = ()
    unusual: tuple[Text, ...] = ()
    if os.path.lexists(folder / TIMESTAMP_FILE):
        try:
            stated = parse_timestamp(as_text(read_regular(folder / TIMESTAMP_FILE, _STAMP_BYTES), TIMESTAMP_FILE))
            if _is_believed(stated):
                return stated, (), ()
            unusual = (in_the_future(stated),)
        except (Unreadable, ValueError, OverflowError):
            notes = (
                Text(
                    f"{TIMESTAMP_FILE} holds no date; the date of the file counts.",
                    f"{TIMESTAMP_FILE} ne contient pas de date ; c'est la date du fichier qui compte.",
                ),
            )
    times = []
    for path in paths or [folder]:
        try:
            times.append(path.lstat().st_mtime)
        except OSError:
            continue
    return datetime.fromtimestamp(max(times, default=0.0), UTC), notes, unusual


def imprint(folder: Path, context: bytes) -> str:
    """A digest of what a hand-in is read from: names, dates and bytes of its files, and `context`, whatever else.

    Empty where it cannot be told: a link, a file too large, a date that will be believed once it has come.
    """
    digest = _begun(context).copy()
    try:
        digest.update(str(folder.lstat().st_mtime_ns).encode())
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        for entry in entries:
            is_stamp = entry.name == TIMESTAMP_FILE
            if is_stamp or entry.name.lower().endswith(WORK_SUFFIXES):
                content = read_regular(Path(entry.path), _STAMP_BYTES if is_stamp else MAX_NOTEBOOK_BYTES)
                if is_stamp and not _is_believed(parse_timestamp(as_text(content, TIMESTAMP_FILE))):
                    return ""
                about = f"{entry.name} {entry.stat(follow_symlinks=False).st_mtime_ns} {len(content)}\n"
                digest.update(about.encode("utf-8", "surrogateescape") + content)
    except (OSError, Unreadable, ValueError, OverflowError):
        return ""
    return digest.hexdigest()


@functools.lru_cache(maxsize=8)
def _begun(context: bytes) -> blake2b:
    return blake2b(context, digest_size=16)


def parse_timestamp(text: str) -> datetime:
    """nbgrader's date; without an offset it is UTC. `2026-11-13 22:59:00.5 UTC`. Raises ValueError."""
    words = text.split()
    if words[2:] in ([], ["UTC"], ["GMT"], ["Z"]):
        moment = datetime.fromisoformat(" ".join(words[:2]))
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return datetime.strptime(" ".join(words), "%Y-%m-%d %H:%M:%S.%f %z")


def _is_believed(stated: datetime) -> bool:
    return stated <= datetime.now(UTC) + CLOCK_SLACK
