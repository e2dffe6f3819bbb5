"""Plain folders: by student, by assignment, and nbgrader's `submitted/`.

Covers `<student>/<assignment>/…`, `<student>/<assignment>.ipynb` and `<assignment>/<student>.ipynb`.
"""

from __future__ import annotations

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
    work_below,
)
from autograder.adapters.stand_in import WORK_SUFFIXES
from autograder.adapters.student_name import shown


def recognises(folder: Path, slugs: Sequence[str]) -> bool:
    """Is there a folder of an assignment, or one that holds one or a file of its name?"""
    folders = [entry for entry in entries(folder) if is_folder(entry)]
    return any(entry.name in slugs or _holds(entry, slugs) for entry in folders)


def read(reading: Reading) -> Iterator[Delivery]:
    """Every hand-in of the folder, in order of names."""
    for entry in entries(reading.folder):
        if not is_folder(entry):
            reading.told.append(f"{shown(entry.name)}: neither a student's nor an assignment's folder")
        elif entry.name in reading.slugs:
            yield from _by_assignment(entry, reading)
        else:
            yield from _by_student(entry, reading)


def _holds(folder: Path, slugs: Sequence[str]) -> bool:
    return any((folder / slug).is_dir() or _loose(folder, slug) for slug in slugs)


def _loose(folder: Path, slug: str) -> list[Path]:
    names = (f"{slug}.fr.ipynb", f"{slug}.ipynb", f"{slug}.py")
    return [folder / name for name in names if (folder / name).exists() or (folder / name).is_symlink()]


def _by_student(folder: Path, reading: Reading) -> Iterator[Delivery]:
    any_work = False
    for slug in reading.slugs:
        if is_folder(folder / slug):
            yield Delivery(_who(folder.name), slug, work_below(folder / slug, reading.told))
            any_work = True
        elif mine := [path for path in _loose(folder, slug) if is_work(path, reading.told)]:
            yield Delivery(_who(folder.name), slug, tuple((path.name, path) for path in mine))
            any_work = True
    if not any_work:
        reading.told.append(f"{shown(folder.name)}: holds work for none of {', '.join(reading.slugs)}")


def _by_assignment(folder: Path, reading: Reading) -> Iterator[Delivery]:
    for entry in entries(folder):
        if is_folder(entry):
            yield Delivery(_who(entry.name), folder.name, work_below(entry, reading.told))
        elif entry.suffix in WORK_SUFFIXES:
            if is_work(entry, reading.told):
                yield Delivery(_who(entry.stem), folder.name, ((entry.name, entry),))
        else:
            reading.told.append(f"{folder.name}/{shown(entry.name)}: no notebook or Python file of a student")


def _who(name: str) -> Who:
    return Who(name, name, (("student", name), ("login", name), ("email", name)), name)


KIND = Kind("folders", "folders by student or by assignment", recognises, read)
