"""Oddities of a hand-in that an instructor may want to look at; none of them costs a point.

Covers sources that name what only the grader has, and dates in the future. Does not cover what happens while the work
runs (`machinery.session`). Words may be innocent: a person judges.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from autograder.types import Cell, Text

# What a solution has no reason to name: the grader's files and processes, and ways around Python into memory.
_POINTERS = (
    r"\btest_hidden\b",
    r"\bsolutions/",
    r"\bgradebook\.db\b",
    r"\bassignment\.yaml\b",
    r"\.autograder\b",
    r"\bAUTOGRADER_(?!LANG\b)\w+",  # the released notebooks set their language themselves
    r"(?<![\w./])/proc\b",
    r"\bctypes\b",
    r"\bautograder\.(?:adapters|machinery|worker|wire|usecases|entry|pure)\b",
    r"\bfrom autograder import wire\b",
    r"\bgc\.get_(?:objects|referrers)\b",
    r"\b_getframe\b",
    r"\btb_frame\b",
    r"\b_current_frames\b",
    r"\bsubprocess\b",
    r"\bimport socket\b",
    r"\bos\.(?:fork|kill|killpg|exec[lv]p?e?|posix_spawn|system|_exit|setxattr)\b",
    r"\b__(?:torch_function|array_ufunc|array_function)__",
    r"\bimport pickle\b",
)
_POINTER = re.compile("|".join(_POINTERS))
_MOST = 5  # told of one submission


def pointers(cells: Sequence[Cell]) -> tuple[Text, ...]:
    """Where the source names what belongs to the grader, the first line of each.

    `pointers([Cell(3, "open('/proc/1/maps')")])[0].en -> "the source names `/proc` (cell 3, line 1)"`
    """
    seen: dict[str, Text] = {}
    for cell in cells:
        for match in _POINTER.finditer(cell.source):
            line = cell.source.count("\n", 0, match.start()) + 1
            en = f"cell {cell.number}, line {line}" if cell.number else f"line {line}"
            fr = f"cellule {cell.number}, ligne {line}" if cell.number else f"ligne {line}"
            word = match[0]
            seen.setdefault(word, Text(f"the source names `{word}` ({en})", f"le code nomme `{word}` ({fr})"))
            if len(seen) == _MOST:
                return tuple(seen.values())
    return tuple(seen.values())


def in_the_future(stated: datetime) -> Text:
    """The oddity of a hand-in dated after the moment at which it is read."""
    date = f"{stated:%Y-%m-%d %H:%M} UTC"
    return Text(
        f"its timestamp is in the future ({date}); the date of the file counts instead",
        f"son horodatage est dans le futur ({date}) ; c'est la date du fichier qui compte",
    )
