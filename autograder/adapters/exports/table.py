"""CSV that other programs read: written by the csv module, without formulas, and read back before it is given out."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.errors import PlatformError

_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # some take the wide signs too


@dataclass(frozen=True)
class Filled:
    """A file of another system filled in, and what a person must know: rows of nobody, grades left out."""

    text: str
    told: tuple[str, ...]


def written(rows: Sequence[Sequence[str]]) -> str:
    """The rows as CSV. Raises PlatformError when they would not read back as what they are."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    text = buffer.getvalue()
    if list(csv.reader(io.StringIO(text, newline=""))) != [list(row) for row in rows]:
        raise PlatformError("the exported CSV does not read back as what was written")
    return text


def harmless(cell: str) -> str:
    """A cell on one line that no spreadsheet takes for a formula. `harmless("=1+1") -> "'=1+1"`"""
    return unformula("".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in cell))


def unformula(cell: str) -> str:
    """A cell whose lines stay, made text where a spreadsheet would calculate; a lone dash of Moodle's is none."""
    # Spreadsheets drop what stands before the first sign that shows.
    seen = "".join(c for c in cell if unicodedata.category(c) not in ("Cc", "Cf", "Zs", "Zl", "Zp"))
    return "'" + cell if seen.startswith(_FORMULA) and seen != "-" else cell
