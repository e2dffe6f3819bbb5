"""The folder where work is kept: `submitted/<student>/<assignment>/`, in nbgrader's layout.

Covers bringing a hand-in in whole or not at all, when it counts as received (docs/limits.md), and losing nothing: a
newer hand-in moves the older one under `.earlier/`, and work of nobody known is kept under `.unmatched/`.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from autograder.adapters.archive import CAPS
from autograder.adapters.deliveries.delivery import Delivery
from autograder.adapters.received import CLOCK_SLACK, parse_timestamp
from autograder.adapters.stand_in import TIMESTAMP_FILE

EARLIER, UNMATCHED = ".earlier", ".unmatched"
_STAMP = "%Y-%m-%d %H:%M:%S.%f %Z"
_STAMP_BYTES = 1000
_MIB = 2**20


def bring(delivery: Delivery, student: str, into: Path, told: list[str], due: datetime | None = None) -> bool | None:
    """Copies one hand-in beside its place and swaps it in; False when it is there already, None when it cannot be.

    `due` is when a work that its source calls on time came in at the latest.
    """
    name, place, files = f"{student}/{delivery.slug}", into / student / delivery.slug, dict(delivery.files)
    if place.is_dir() and _same(place, files):
        return False
    if not files and place.is_dir():
        told.append(f"{name}: nothing in it can be taken; what was there before stays")
        return None
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{delivery.slug}-", dir=place.parent))
    except OSError as error:
        told.append(f"{name}: not taken in ({os.strerror(error.errno or 0)})")
        return None
    try:
        newest = max((_copy(path, fresh / file) for file, path in files.items()), default=0.0)
        if files:
            replaced = datetime.fromtimestamp(place.stat().st_mtime if place.is_dir() else 0.0, UTC)
            moment, odd = _received(fresh, newest, replaced, delivery, due)
            (fresh / TIMESTAMP_FILE).write_text(moment.strftime(_STAMP), encoding="utf-8")
            told += [f"{name}: {odd}"] if odd else []
        fresh.chmod(0o755)
        if place.exists():
            _keep_aside(place, into)
        fresh.replace(place)
    except OSError as error:
        told.append(f"{name}: not taken in ({os.strerror(error.errno or 0)})")
        shutil.rmtree(fresh, ignore_errors=True)
        return None
    return True


def received_at(place: Path) -> datetime:
    """When the work kept at a place was received. Raises OSError and ValueError."""
    return parse_timestamp((place / TIMESTAMP_FILE).read_text(encoding="utf-8"))


def keep_unmatched(deliveries: Sequence[Delivery], kind: str, folder: Path, into: Path) -> Path | None:
    """Copies the files of hand-ins as they lie in their source, so that they can be collected by themselves later.

    The same hand-ins go to the same place. Raises OSError when they cannot be copied.
    """
    paths: dict[str, Path] = {}
    for each in deliveries:
        for path in (*(path for _, path in each.files), *each.also) if each.handin is None else (each.handin,):
            paths[path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name] = path
    if not paths:
        return None
    digest = hashlib.sha256()
    for name, path in sorted(paths.items()):
        digest.update(f"{name} {path.lstat().st_size} {path.lstat().st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    aside = into / UNMATCHED / f"{kind}-{digest.hexdigest()[:12]}"
    for name, path in paths.items():
        if not (aside / name).exists():
            _copy(path, aside / name)
    return aside


def _copy(path: Path, target: Path) -> float:
    """Copies a file that is still a plain one, with its date, which is returned. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    flags = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, os.O_RDONLY | flags), "rb") as source:
        status = os.fstat(source.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
            raise OSError(errno.ELOOP, "it was replaced by a link or a device meanwhile")
        target.write_bytes(source.read(CAPS.file_mib * _MIB))
    os.utime(target, (status.st_atime, status.st_mtime))
    return status.st_mtime


def _received(
    fresh: Path, newest: float, replaced: datetime, delivery: Delivery, due: datetime | None
) -> tuple[datetime, str]:
    """When work came in, and what is odd about the date that is stated.

    The source's own date, else `timestamp.txt`, is believed between two moments that are known here: `replaced`, when
    the work that this replaces was collected, and now. Without either the newest file's date stands for it.
    """
    now = datetime.now(UTC)
    stated, odd = datetime.fromtimestamp(min(newest, now.timestamp()), UTC), ""
    with suppress(OSError, ValueError, OverflowError):
        said = delivery.received_at
        if said is None:
            said = parse_timestamp((fresh / TIMESTAMP_FILE).read_bytes()[:_STAMP_BYTES].decode("utf-8"))
        if said <= now + CLOCK_SLACK:
            stated = said.astimezone(UTC)
        elif delivery.received_at is None:
            odd = f"its {TIMESTAMP_FILE} is in the future; the date of the file counts instead"
        else:
            odd = "its date is in the future; the date of the file counts instead"
    if delivery.on_time and due is not None:
        stated = min(stated, due.astimezone(UTC))
    if stated < replaced:
        odd = (
            f"it is dated before the work that it replaces was collected; {replaced:%Y-%m-%d %H:%M} UTC counts instead"
        )
    return max(stated, replaced), odd


def _same(place: Path, files: dict[str, Path]) -> bool:
    there = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}
    if there - {TIMESTAMP_FILE} != set(files) - {TIMESTAMP_FILE}:
        return False
    return all(
        (place / name).read_bytes() == path.read_bytes() for name, path in files.items() if name != TIMESTAMP_FILE
    )


def _keep_aside(place: Path, into: Path) -> None:
    """Moves the earlier hand-in under `.earlier/`, where grading does not look and a person can."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    aside = into / EARLIER / place.parent.name / place.name / stamp
    aside.parent.mkdir(parents=True, exist_ok=True)
    place.rename(aside)
