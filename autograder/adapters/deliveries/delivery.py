"""One hand-in as it lies in a source, and which files of it may be read.

Covers links, devices, hidden entries, and caps on number, size and depth. Does not cover whose work it is (`roster`),
nor where it goes (`submitted`).
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from autograder.adapters.archive import CAPS
from autograder.adapters.stand_in import WORK_SUFFIXES
from autograder.adapters.student_name import shown

_MIB = 2**20
_COUNTED = re.compile(r"( ?\(\d+\)|-\d+)$")  # `double (1).ipynb` of a browser, `double-1.ipynb` of Canvas


@dataclass(frozen=True)
class Who:
    """Who handed in, in the words of a source.

    `label` is shown to people. `ids` are columns of a roster and the values to look for there, the most telling first.
    `name` is a person's name, without its blanks and signs when `squeezed`. `student` is the name to go by when there
    is no roster.
    """

    label: str
    student: str
    ids: tuple[tuple[str, str], ...] = ()
    name: str = ""
    squeezed: bool = False


@dataclass(frozen=True)
class Delivery:
    """One hand-in: its files by their names in it, and what the source knows of it.

    `slug` is empty when the source does not tell. `received_at` is when the source says that it came, None when it
    keeps no date but `timestamp.txt`; `on_time` when it says no more than that it was not late. `also` are files that
    it takes to read the source again, `handin` the archive of `autograder submit` that the files came out of.
    """

    who: Who
    slug: str
    files: tuple[tuple[str, Path], ...]
    received_at: datetime | None = None
    on_time: bool = False
    also: tuple[Path, ...] = ()
    handin: Path | None = None


@dataclass
class Reading:
    """One reading of a source: its `folder`, the course's `slugs`, an empty `room` to unpack into.

    `direct` when the folder is the source itself and not unpacked from an archive, so that the disk's dates are the
    source's. `told` gathers what a person has to look at.
    """

    folder: Path
    slugs: tuple[str, ...]
    room: Path
    direct: bool = True
    told: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Kind:
    """A way in which work is delivered.

    `one_assignment` when such a source holds the work of a single assignment and does not say which.
    """

    id: str
    title: str
    recognises: Callable[[Path, Sequence[str]], bool]
    read: Callable[[Reading], Iterator[Delivery]]
    one_assignment: bool = False


def entries(folder: Path) -> list[Path]:
    """What lies in a folder, in order, without what is hidden and what macOS adds to archives."""
    return sorted(path for path in folder.iterdir() if not path.name.startswith(".") and path.name != "__MACOSX")


def is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def slug_of(names: Iterable[str], slugs: Sequence[str]) -> str:
    """The one assignment whose work has such a name, empty when there is none or several.

    `slug_of(["double-1.py", "notes.txt"], ["double"]) -> "double"`
    """
    plain = {plain_name(name, slugs) for name in names}
    found = [slug for slug in slugs if plain & {f"{slug}.py", f"{slug}.ipynb", f"{slug}.fr.ipynb"}]
    return found[0] if len(found) == 1 else ""


def plain_name(name: str, slugs: Sequence[str]) -> str:
    """The name of an assignment's work without the count that a system added to it, any other name as it is."""
    known = {f"{slug}{end}" for slug in slugs for end in (".py", ".ipynb", ".fr.ipynb")}
    if name in known:
        return name
    for end in (".fr.ipynb", *WORK_SUFFIXES):
        if name.endswith(end) and (without := _COUNTED.sub("", name.removesuffix(end)) + end) in known:
            return without
    return name


def work_below(folder: Path, told: list[str]) -> tuple[tuple[str, Path], ...]:
    """The regular files below a folder by their names in it, within the caps; what is left out is told."""
    kept: list[tuple[str, Path]] = []
    for path in _below(folder, told):
        if not is_work(path, told):
            continue
        if len(kept) == CAPS.work_files:
            told.append(f"{place(folder)}: more than {CAPS.work_files} files; the others are not taken in")
            break
        kept.append((path.relative_to(folder).as_posix(), path))
    return tuple(kept)


def _below(folder: Path, told: list[str]) -> Iterator[Path]:
    """What is no folder below a folder, in order of name and without entering links; hidden entries are left alone."""
    seen, folders = 0, [(folder, 0)]
    while folders:
        here, depth = folders.pop()
        with os.scandir(here) as found:
            names = [entry for entry, _ in zip(found, range(CAPS.members - seen + 1), strict=False)]
        seen += len(names)
        if seen > CAPS.members or depth > CAPS.folders:
            told.append(f"{place(folder)}: too many files, or folders too deep; the others are not taken in")
            return
        for entry in sorted(names, key=lambda entry: entry.name):
            if entry.name.startswith(".") or entry.name == "__pycache__":
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append((Path(entry.path), depth + 1))
            else:
                yield Path(entry.path)


def is_work(path: Path, told: list[str]) -> bool:
    """Is this a file to take in? A link, also a hard one, may be to what the student may not read."""
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        told.append(f"{place(path)}: a link or a device is not taken in")
    elif status.st_nlink > 1:
        told.append(f"{place(path)}: a hard link to another file is not taken in; hand in a copy")
    elif status.st_size > CAPS.file_mib * _MIB:
        told.append(f"{place(path)}: larger than {CAPS.file_mib} MiB")
    else:
        return True
    return False


def newest(files: Iterable[tuple[str, Path]]) -> datetime | None:
    """The date of the newest file, None when there is no file."""
    dates = [path.lstat().st_mtime for _, path in files]
    return datetime.fromtimestamp(max(dates), UTC) if dates else None


def place(path: Path) -> str:
    """The end of a path, as it may be printed: `ada/attention`."""
    return "/".join(shown(part) for part in path.parts[-2:])
