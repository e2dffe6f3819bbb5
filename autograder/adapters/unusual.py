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
# Each is looked for where its word is found, which is quick to tell.
_POINTERS = {
    r"\btest_hidden\b": "test_hidden",
    r"\bsolutions/": "solutions/",
    r"\bgradebook\.db\b": "gradebook.db",
    r"\bassignment\.yaml\b": "assignment.yaml",
    r"\.autograder\b": ".autograder",
    r"\bAUTOGRADER_(?!LANG\b)\w+": "AUTOGRADER_",  # the released notebooks set their language themselves
    r"(?<![\w./])/proc\b": "/proc",
    r"\bctypes\b": "ctypes",
    r"\bautograder\.(?:adapters|machinery|worker|wire|usecases|entry|pure)\b": "autograder.",
    r"\bfrom autograder import wire\b": "from autograder import wire",
    r"\bgc\.get_(?:objects|referrers)\b": "gc.get_",
    r"\b_getframe\b": "_getframe",
    r"\btb_frame\b": "tb_frame",
    r"\b_current_frames\b": "_current_frames",
    r"\bsubprocess\b": "subprocess",
    r"\bimport socket\b": "import socket",
    r"\bos\.(?:fork|kill|killpg|exec[lv]p?e?|posix_spawn|system|_exit|setxattr)\b": "os.",
    r"\b__(?:torch_function|array_ufunc|array_function)__": "__",
    r"\bimport pickle\b": "import pickle",
}
_MOST = 5  # told of one submission


def pointers(cells: Sequence[Cell]) -> tuple[Text, ...]:
    """Where the source names what belongs to the grader, the first line of each.

    `pointers([Cell(3, "open('/proc/1/maps')")])[0].en -> "the source names `/proc` (cell 3, line 1)"`
    """
    seen: dict[str, Text] = {}
    for cell in cells:
        pattern = "|".join(pattern for pattern, word in _POINTERS.items() if word in cell.source)
        for match in re.finditer(pattern, cell.source) if pattern else ():
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
