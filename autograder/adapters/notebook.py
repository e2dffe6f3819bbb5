"""Reading the code of a notebook that a student handed in.

Covers the JSON of notebook format 4, text and code, the number each cell has for the student, the marks of nbgrader,
and cell code without IPython's magics. Does not cover which cells count (`submission`); executes nothing.
"""

from __future__ import annotations

import json
import re
import symtable
import warnings
from dataclasses import dataclass
from typing import Any, Literal

from autograder.adapters.untrusted_file import Unreadable, as_text, empty
from autograder.types import Text

# Cell magics whose body is ordinary Python; under any other, the body is something else.
PYTHON_CELL_MAGICS = ("time", "timeit", "capture", "prun", "python", "python3")
MAGIC_LINE = re.compile(r"\s*(%|!|\?)|.*\?\s*$|\s*[\w, .\[\]]+=\s*[%!]")
# Compiling takes time and memory that grow with the source; the parser is asked a bounded number of times.
COMPILED_CHARACTERS = 1 << 20
MAX_CELLS = 2000


@dataclass(frozen=True)
class NotebookCell:
    """A cell: its number among all cells from 1, its source as written, and its marks."""

    number: int
    source: str
    id: str
    grade_id: str
    is_test: bool
    tags: tuple[str, ...]
    kind: Literal["code", "markdown", "raw"] = "code"


@dataclass(frozen=True)
class SyntaxProblem:
    """Where Python stops understanding a source, and its words for it."""

    line: int
    message: str


def read_notebook(content: bytes, name: str) -> list[NotebookCell]:
    """The code cells of a notebook. Raises Unreadable with a sentence for the student."""
    return [cell for cell in read_cells(content, name) if cell.kind == "code"]


def read_cells(content: bytes, name: str) -> list[NotebookCell]:
    """All the cells of a notebook; one of an unknown kind is taken for text. Raises as `read_notebook` does."""
    text = as_text(content, name)
    if not text.strip():
        raise empty(name)
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        raise _corrupt(name) from None
    if isinstance(notebook, dict) and (notebook.get("nbformat") in (1, 2, 3) or "worksheets" in notebook):
        raise Unreadable(
            Text(
                f"{name} is in an old notebook format. Open it in JupyterLab, save it and hand it in again.",
                f"{name} est dans un ancien format de notebook. Ouvrez-le dans JupyterLab, enregistrez-le "
                "et rendez-le à nouveau.",
            )
        )
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise _corrupt(name)
    if len(cells) > MAX_CELLS:
        raise Unreadable(
            Text(
                f"{name} has more than {MAX_CELLS} cells. Remove those that are not needed and hand it in again.",
                f"{name} a plus de {MAX_CELLS} cellules. Retirez celles qui ne servent pas et rendez-le à nouveau.",
            )
        )
    return [_cell(cell, number, name) for number, cell in enumerate(cells, 1)]


def foreign_magic(source: str) -> str | None:
    """The cell magic that makes a cell something other than Python. `"%%writefile a.py\\nx = 1" -> "%%writefile"`"""
    magic = re.match(r"%%(\w*)", source.lstrip())
    return magic[0] if magic and magic[1] not in PYTHON_CELL_MAGICS else None


def without_magics(source: str) -> tuple[str, SyntaxProblem | None]:
    """The Python of a cell, magics and shell lines turned into comments, and what is wrong with it.

    Lines keep their numbers. A line such as `% b` inside an expression is Python and stays.
    `"%time\nx = 1"` -> `"pass  # %time\nx = 1"`
    """
    lines = source.split("\n")
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    if lines[first].startswith("%%"):
        if foreign_magic(lines[first]):
            return "\n".join(f"# {line}" for line in lines), None
        lines[first] = f"# {lines[first]}"
    tries = 1 + COMPILED_CHARACTERS // (len(source) + 1)
    commented: set[int] = set()
    wrong = syntax_problem("\n".join(lines))
    # A line is commented out once, so this ends: what is still wrong there is not the magic.
    while wrong is not None and len(commented) < tries:
        index = wrong.line - 1
        if not 0 <= index < len(lines) or index in commented or not MAGIC_LINE.match(lines[index]):
            break
        _comment_out(lines, index)
        commented.add(index)
        wrong = syntax_problem("\n".join(lines))
    return "\n".join(lines), wrong


def syntax_problem(source: str) -> SyntaxProblem | None:
    """What keeps a source from being Python, or None. Reads it and runs nothing.

    It is not compiled: a few lines of nested `finally` would take minutes and gigabytes.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            symtable.symtable(source, "<submission>", "exec")
    except SyntaxError as error:
        return SyntaxProblem(error.lineno or 1, error.msg)
    except (ValueError, OverflowError) as error:
        return SyntaxProblem(1, str(error))
    except (RecursionError, MemoryError):
        return SyntaxProblem(1, "too deeply nested")
    return None


def _comment_out(lines: list[str], index: int) -> None:
    """Replaces a line by a statement that does nothing, so that a block it stands in keeps its body."""
    indent = lines[index][: len(lines[index]) - len(lines[index].lstrip())]
    lines[index] = f"{indent}pass  # {lines[index].strip()}"


def _cell(cell: Any, number: int, name: str) -> NotebookCell:
    if not isinstance(cell, dict):
        raise _corrupt(name)
    kind = cell.get("cell_type")
    source = cell.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        if kind == "code":
            raise _corrupt(name)
        source = ""
    metadata = _mapping(cell.get("metadata"))
    nbgrader = _mapping(metadata.get("nbgrader"))
    tags = metadata.get("tags")
    return NotebookCell(
        number=number,
        source=source.replace("\r\n", "\n").replace("\r", "\n"),
        id=str(cell.get("id", "")),
        grade_id=str(nbgrader.get("grade_id", "")),
        is_test=nbgrader.get("grade") is True and nbgrader.get("solution") is not True,
        tags=tuple(str(tag) for tag in tags) if isinstance(tags, list) else (),
        kind=kind if kind in ("code", "raw") else "markdown",
    )


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _corrupt(name: str) -> Unreadable:
    return Unreadable(
        Text(
            f"{name} is not a notebook that can be read (damaged JSON). Open it in JupyterLab; if it does not open, "
            "start again from the released one.",
            f"{name} n'est pas un notebook lisible (JSON abîmé). Ouvrez-le dans JupyterLab ; s'il ne s'ouvre pas, "
            "repartez du notebook distribué.",
        )
    )
