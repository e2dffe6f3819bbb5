"""What became of the released cells in a notebook that was worked on, told to the student as notes.

Covers definitions in cells that do not count, definitions made twice, code in text cells and cell magics. Does not
cover which cells count (`handout`); nothing here changes a grade.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from autograder.adapters.handout import Handout, fingerprint
from autograder.adapters.notebook import NotebookCell, foreign_magic
from autograder.types import Text

_DEFINITION = re.compile(r"^(?:(?:async\s+)?def|class)\s+(\w+)", re.MULTILINE)


def definitions(source: str) -> frozenset[str]:
    """Names of functions and classes that a source defines at its top level. `"def f(): ..." -> {"f"}`"""
    return frozenset(_DEFINITION.findall(source))


def notes_on_cells(
    cells: Sequence[NotebookCell], counted: Sequence[NotebookCell], requires: Iterable[str], handout: Handout
) -> list[Text]:
    """Notes on what is lost or doubled between the cells as they stand and those that count."""
    defined: dict[str, list[int]] = {}
    notes = []
    for cell in counted:
        if (magic := foreign_magic(cell.source)) is not None:
            notes.append(_magic(cell.number, magic))
            continue
        for name in definitions(cell.source):
            defined.setdefault(name, []).append(cell.number)
    for name in requires:
        numbers = defined.get(name, [])
        if len(numbers) > 1:
            notes.append(_doubled(name, numbers))
        if not numbers:
            notes += [_text(cell.number, name) for cell in cells if _hides(cell, name, handout)]
    return notes


def _hides(cell: NotebookCell, name: str, handout: Handout) -> bool:
    """Is this a text cell that was the code of `name`?"""
    is_released_code = fingerprint(cell.source) in handout.code
    return cell.kind != "code" and name in definitions(cell.source) and (is_released_code or "```" not in cell.source)


def _magic(number: int, magic: str) -> Text:
    return Text(
        f"Cell {number} begins with `{magic}`: it is not run when your work is graded. "
        "Put Python that your functions need into a cell without it.",
        f"La cellule {number} commence par `{magic}` : elle n'est pas exécutée lors de la notation. "
        "Mettez le Python dont vos fonctions ont besoin dans une cellule sans elle.",
    )


def _doubled(name: str, numbers: Sequence[int]) -> Text:
    *first, last = [str(number) for number in numbers]
    return Text(
        f"`{name}` is defined in cells {', '.join(first)} and {last}: the last one counts.",
        f"`{name}` est défini dans les cellules {', '.join(first)} et {last} : la dernière définition compte.",
    )


def _text(number: int, name: str) -> Text:
    return Text(
        f"Cell {number} holds `{name}` but is a text cell, so it is not run. Make it a code cell again.",
        f"La cellule {number} contient `{name}` mais c'est une cellule de texte : elle n'est pas exécutée. "
        "Refaites-en une cellule de code.",
    )
