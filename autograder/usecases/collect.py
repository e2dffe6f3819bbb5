"""Brings handed-in work into `submitted/<student>/<assignment>/`.

Covers a folder by student, a folder by assignment, nbgrader's submitted layout, and an archive of one of these; nothing
that was brought in before is lost: a newer hand-in replaces the older one, which is kept aside. When work came in is
`timestamp.txt`'s to say, within what is known here: docs/limits.md. Does not cover archives inside archives.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from autograder.adapters.archive import CAPS, is_archive, unpack
from autograder.adapters.course import Course
from autograder.adapters.student_name import shown, why_no_student
from autograder.adapters.submission import CLOCK_SLACK, TIMESTAMP_FILE, parse_timestamp
from autograder.errors import Location, SubmissionError, problem

WORK = (".py", ".ipynb")
_STAMP = "%Y-%m-%d %H:%M:%S.%f %Z"
_STAMP_BYTES = 1000
_MIB = 2**20
_MOST_LINES = 50  # told of one archive


@dataclass(frozen=True)
class Brought:
    """What a collection did: taken in, already there, and what matched no student or assignment."""

    taken: tuple[str, ...]
    same: tuple[str, ...]
    unmatched: tuple[str, ...]


@dataclass(frozen=True)
class _Found:
    """Files of one student for one assignment, and where they lie."""

    student: str
    slug: str
    files: tuple[Path, ...]
    base: Path


def collect(course: Course, source: Path, into: Path) -> Brought:
    """Brings every hand-in under `source`, a folder or an archive, into `into`; links and devices are never followed.

    Raises SubmissionError when `source` is neither, or holds no work.
    """
    if is_archive(source) and source.is_file():
        into.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".unpacked-", dir=into) as folder:
            left_out = unpack(source, Path(folder))
            brought = _collect(course, source, Path(folder), into)
        more = (
            [f"{source.name}: {len(left_out) - _MOST_LINES} more are left out"] if len(left_out) > _MOST_LINES else []
        )
        told = (*left_out[:_MOST_LINES], *more)
        return Brought(
            brought.taken, brought.same, tuple(f"{source.name}: {each}" for each in told) + brought.unmatched
        )
    if not source.is_dir():
        remedy = "name the folder that holds the work, or a .zip or .tar.gz of it"
        raise SubmissionError(problem(Location(str(source)), "this is no folder", remedy))
    return _collect(course, source, source, into)


def _collect(course: Course, source: Path, folder: Path, into: Path) -> Brought:
    """Brings in what lies in `folder`; messages speak of `source`, which may be the archive it came out of."""
    slugs = [each.slug for each in course.assignments]
    found, unmatched = _search(folder, slugs)
    inside = [entry for entry in folder.iterdir() if not entry.name.startswith(".")]
    if not found and len(inside) == 1 and inside[0].is_dir() and not inside[0].is_symlink():
        found, unmatched = _search(inside[0], slugs)  # everything in one folder, as archives often are
    if not found:
        remedy = "arrange it as <student>/<assignment>/, <student>/<assignment>.ipynb or <assignment>/<student>.ipynb"
        raise SubmissionError(problem(Location(str(source)), "no work found for any assignment", remedy))
    taken: list[str] = []
    same: list[str] = []
    for each in found:
        name = f"{shown(each.student)}/{each.slug}"
        if (wrong := why_no_student(each.student)) is not None:
            unmatched.append(f"{name}: the student's name {wrong}; rename it and collect again")
            continue
        done = _bring(each, into, unmatched)
        if done is not None:
            (taken if done else same).append(name)
    return Brought(tuple(taken), tuple(same), tuple(unmatched))


def _search(source: Path, slugs: Sequence[str]) -> tuple[list[_Found], list[str]]:
    found: list[_Found] = []
    unmatched: list[str] = []
    for entry in sorted(source.iterdir()):
        if entry.name.startswith("."):
            continue
        if entry.is_symlink() or not entry.is_dir():
            unmatched.append(f"{shown(entry.name)}: neither a student's nor an assignment's folder")
        elif entry.name in slugs:
            found += _by_assignment(entry, unmatched)
        else:
            found += _by_student(entry, slugs, unmatched)
    return found, unmatched


def _by_student(folder: Path, slugs: Sequence[str], unmatched: list[str]) -> Iterator[_Found]:
    any_work = False
    loose = sorted(path for path in folder.iterdir() if path.suffix in WORK and _is_work(path, unmatched))
    for slug in slugs:
        inside = folder / slug
        if inside.is_dir() and not inside.is_symlink():
            yield _Found(folder.name, slug, tuple(_files(inside, unmatched)), inside)
            any_work = True
        elif mine := [path for path in loose if path.name in (f"{slug}.py", f"{slug}.ipynb", f"{slug}.fr.ipynb")]:
            yield _Found(folder.name, slug, tuple(mine), folder)
            any_work = True
    if not any_work:
        unmatched.append(f"{shown(folder.name)}: holds work for none of {', '.join(slugs)}")


def _by_assignment(folder: Path, unmatched: list[str]) -> Iterator[_Found]:
    for entry in sorted(folder.iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            yield _Found(entry.name, folder.name, tuple(_files(entry, unmatched)), entry)
        elif entry.suffix in WORK:
            if _is_work(entry, unmatched):
                yield _Found(entry.stem, folder.name, (entry,), folder)
        else:
            unmatched.append(f"{folder.name}/{shown(entry.name)}: no notebook or Python file of a student")


def _files(folder: Path, unmatched: list[str]) -> list[Path]:
    """The regular files below a folder, within the caps; what is left out is told."""
    kept: list[Path] = []
    for path in _below(folder, unmatched):
        if not _is_work(path, unmatched):
            continue
        if len(kept) == CAPS.work_files:
            unmatched.append(f"{_place(folder)}: more than {CAPS.work_files} files; the others are not taken in")
            break
        kept.append(path)
    return kept


def _below(folder: Path, unmatched: list[str]) -> Iterator[Path]:
    """What is no folder below a folder, in order of name and without entering links; hidden entries are left alone."""
    seen, folders = 0, [(folder, 0)]
    while folders:
        place, depth = folders.pop()
        with os.scandir(place) as entries:
            names = [entry for entry, _ in zip(entries, range(CAPS.members - seen + 1), strict=False)]
        seen += len(names)
        if seen > CAPS.members or depth > CAPS.folders:
            unmatched.append(f"{_place(folder)}: too many files, or folders too deep; the others are not taken in")
            return
        for entry in sorted(names, key=lambda entry: entry.name):
            if entry.name.startswith(".") or entry.name == "__pycache__":
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append((Path(entry.path), depth + 1))
            else:
                yield Path(entry.path)


def _place(path: Path) -> str:
    """The end of a path, as it may be printed: `ada/attention`."""
    return "/".join(shown(part) for part in path.parts[-2:])


def _is_work(path: Path, unmatched: list[str]) -> bool:
    """Is this a file to take in? A link, also a hard one, may be to what the student may not read."""
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        unmatched.append(f"{_place(path)}: a link or a device is not taken in")
    elif status.st_nlink > 1:
        unmatched.append(f"{_place(path)}: a hard link to another file is not taken in; hand in a copy")
    elif status.st_size > CAPS.file_mib * _MIB:
        unmatched.append(f"{_place(path)}: larger than {CAPS.file_mib} MiB")
    else:
        return True
    return False


def _bring(found: _Found, into: Path, unmatched: list[str]) -> bool | None:
    """Copies one hand-in beside its place and swaps it in; False when it is there already, None when it cannot be."""
    place = into / found.student / found.slug
    files = {path.relative_to(found.base).as_posix(): path for path in found.files}
    if place.is_dir() and _same(place, files):
        return False
    if not files and place.is_dir():
        unmatched.append(f"{found.student}/{found.slug}: nothing in it can be taken; what was there before stays")
        return None
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{found.slug}-", dir=place.parent))
    except OSError as error:
        unmatched.append(f"{found.student}/{found.slug}: not taken in ({os.strerror(error.errno or 0)})")
        return None
    try:
        newest = 0.0
        for name, path in files.items():
            newest = max(newest, _copy(path, fresh / name))
        if files:
            replaced = place.stat().st_mtime if place.is_dir() else 0.0
            moment, odd = _received(fresh, newest, datetime.fromtimestamp(replaced, UTC))
            (fresh / TIMESTAMP_FILE).write_text(moment.strftime(_STAMP), encoding="utf-8")
            unmatched += [f"{found.student}/{found.slug}: {odd}"] if odd else []
        fresh.chmod(0o755)
        if place.exists():
            _keep_aside(place, into)
        fresh.replace(place)
    except OSError as error:
        unmatched.append(f"{found.student}/{found.slug}: not taken in ({os.strerror(error.errno or 0)})")
        shutil.rmtree(fresh, ignore_errors=True)
        return None
    return True


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


def _received(fresh: Path, newest: float, replaced: datetime) -> tuple[datetime, str]:
    """When work came in, and what is odd about the date that it states.

    `timestamp.txt` is believed between two moments that are known here: `replaced`, when the work that this replaces
    was collected, and now. Without it the newest file's date stands for it.
    """
    now = datetime.now(UTC)
    stated, odd = datetime.fromtimestamp(min(newest, now.timestamp()), UTC), ""
    with suppress(OSError, ValueError, OverflowError):
        stamp = parse_timestamp((fresh / TIMESTAMP_FILE).read_bytes()[:_STAMP_BYTES].decode("utf-8"))
        if stamp <= now + CLOCK_SLACK:
            stated = stamp
        else:
            odd = f"its {TIMESTAMP_FILE} is in the future; the date of the file counts instead"
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
    aside = into / ".earlier" / place.parent.name / place.name / stamp
    aside.parent.mkdir(parents=True, exist_ok=True)
    place.rename(aside)


def as_document(brought: Brought) -> dict[str, object]:
    """The document of `collect --json`."""
    return {
        "version": 1,
        "taken": list(brought.taken),
        "same": list(brought.same),
        "unmatched": list(brought.unmatched),
    }
