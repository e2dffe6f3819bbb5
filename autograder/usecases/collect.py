"""Brings handed-in work into `submitted/<student>/<assignment>/`.

Covers a folder by student, a folder by assignment, and nbgrader's submitted layout; nothing that was brought in
before is lost: a newer hand-in replaces the older one, which is kept aside. Does not cover archives.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from autograder.adapters.course import Course
from autograder.errors import Location, SubmissionError, problem

WORK = (".py", ".ipynb")
MAX_FILE_MIB = 16
MAX_FILES = 200
TIMESTAMP = "timestamp.txt"
_STAMP = "%Y-%m-%d %H:%M:%S.%f %Z"


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
    """Brings every hand-in under `source` into `into`; links and devices are never followed.

    Raises SubmissionError when `source` is no folder or holds no work.
    """
    if not source.is_dir():
        remedy = "name the folder that holds the work; unpack an archive first"
        raise SubmissionError(problem(Location(str(source)), "this is no folder", remedy))
    slugs = [each.slug for each in course.assignments]
    found, unmatched = _search(source, slugs)
    if not found:
        remedy = "arrange it as <student>/<assignment>/, <student>/<assignment>.ipynb or <assignment>/<student>.ipynb"
        raise SubmissionError(problem(Location(str(source)), "no work found for any assignment", remedy))
    taken: list[str] = []
    same: list[str] = []
    for each in found:
        name = f"{each.student}/{each.slug}"
        (taken if _bring(each, into, unmatched) else same).append(name)
    return Brought(tuple(taken), tuple(same), tuple(unmatched))


def _search(source: Path, slugs: Sequence[str]) -> tuple[list[_Found], list[str]]:
    found: list[_Found] = []
    unmatched: list[str] = []
    for entry in sorted(source.iterdir()):
        if entry.name.startswith("."):
            continue
        if entry.is_symlink() or not entry.is_dir():
            unmatched.append(f"{entry.name}: neither a student's nor an assignment's folder")
        elif entry.name in slugs:
            found += _by_assignment(entry, unmatched)
        else:
            found += _by_student(entry, slugs, unmatched)
    return found, unmatched


def _by_student(folder: Path, slugs: Sequence[str], unmatched: list[str]) -> Iterator[_Found]:
    any_work = False
    loose = sorted(path for path in folder.iterdir() if path.suffix in WORK and _is_file(path))
    for slug in slugs:
        inside = folder / slug
        if inside.is_dir() and not inside.is_symlink():
            yield _Found(folder.name, slug, tuple(_files(inside, unmatched)), inside)
            any_work = True
        elif mine := [path for path in loose if path.name in (f"{slug}.py", f"{slug}.ipynb", f"{slug}.fr.ipynb")]:
            yield _Found(folder.name, slug, tuple(mine), folder)
            any_work = True
    if not any_work:
        unmatched.append(f"{folder.name}: holds work for none of {', '.join(slugs)}")


def _by_assignment(folder: Path, unmatched: list[str]) -> Iterator[_Found]:
    for entry in sorted(folder.iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            yield _Found(entry.name, folder.name, tuple(_files(entry, unmatched)), entry)
        elif entry.suffix in WORK and _is_file(entry):
            yield _Found(entry.stem, folder.name, (entry,), folder)
        else:
            unmatched.append(f"{folder.name}/{entry.name}: no notebook or Python file of a student")


def _files(folder: Path, unmatched: list[str]) -> list[Path]:
    """The regular files below a folder, within the caps; what is left out is told."""
    kept: list[Path] = []
    for path in sorted(folder.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            continue
        if any(part.startswith(".") or part == "__pycache__" for part in path.relative_to(folder).parts):
            continue
        if not _is_file(path):
            unmatched.append(f"{path}: a link or a device is not taken in")
        elif path.stat().st_size > MAX_FILE_MIB * 2**20:
            unmatched.append(f"{path}: larger than {MAX_FILE_MIB} MiB")
        elif len(kept) == MAX_FILES:
            unmatched.append(f"{folder}: more than {MAX_FILES} files; the others are not taken in")
            break
        else:
            kept.append(path)
    return kept


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _bring(found: _Found, into: Path, unmatched: list[str]) -> bool:
    """Copies one hand-in beside its place and swaps it in; False when the same files are there already."""
    place = into / found.student / found.slug
    files = {path.relative_to(found.base).as_posix(): path for path in found.files}
    if place.is_dir() and _same(place, files):
        return False
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{found.slug}-", dir=place.parent))
    try:
        received = 0.0
        for name, path in files.items():
            target = fresh / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target, follow_symlinks=False)
            received = max(received, path.stat().st_mtime)
        if TIMESTAMP not in files and files:
            moment = datetime.fromtimestamp(received, UTC)
            (fresh / TIMESTAMP).write_text(moment.strftime(_STAMP), encoding="utf-8")
        fresh.chmod(0o755)
        if place.exists():
            _keep_aside(place, into)
        fresh.replace(place)
    except OSError as error:
        unmatched.append(f"{found.student}/{found.slug}: not taken in ({os.strerror(error.errno or 0)})")
        shutil.rmtree(fresh, ignore_errors=True)
        return False
    return True


def _same(place: Path, files: dict[str, Path]) -> bool:
    there = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}
    if there - {TIMESTAMP} != set(files) - {TIMESTAMP}:
        return False
    return all((place / name).read_bytes() == path.read_bytes() for name, path in files.items())


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
