"""The notebook that stands in a hand-in which has none under the released name.

Covers what nbgrader needs to see a hand-in at all: a notebook of the assignment's name, and a date. The stand-in is
nobody's work: reading a submission passes it over. Does not cover nbgrader itself.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

TIMESTAMP_FILE = "timestamp.txt"
WORK_SUFFIXES = (".py", ".ipynb")  # of files that may be a student's work
STAND_IN = (
    b'{"cells": [{"cell_type": "markdown", "id": "stand-in", "metadata": {}, "source": "Stands in for a notebook: the '
    b'work is in another file of this folder, or missing."}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}\n'
)


def stand_in(submitted: Path, slugs: Iterable[str]) -> None:
    """Completes each `<student>/<slug>/` that has no notebook of its name, or no date. Work itself is not touched."""
    for slug in slugs:
        for folder in submitted.glob(f"*/{slug}"):
            if folder.is_symlink() or not folder.is_dir():
                continue
            # A folder that cannot be written stays as it is: nbgrader then says that it has no notebook.
            with contextlib.suppress(OSError):
                _complete(folder, slug)


def _complete(folder: Path, slug: str) -> None:
    stamp = folder / TIMESTAMP_FILE
    dates = [path.lstat().st_mtime for path in folder.iterdir() if path.suffix.lower() in WORK_SUFFIXES]
    with contextlib.suppress(FileExistsError), (folder / f"{slug}.ipynb").open("xb") as file:
        file.write(STAND_IN)
    with contextlib.suppress(FileExistsError), stamp.open("x", encoding="utf-8") as file:
        received = datetime.fromtimestamp(max(dates, default=folder.lstat().st_mtime), UTC)
        file.write(received.strftime("%Y-%m-%d %H:%M:%S.%f %Z"))
