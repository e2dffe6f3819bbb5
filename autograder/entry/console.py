"""What commands print: tables, progress and errors on stderr or stdout, one JSON document with --json.

Covers colour (NO_COLOR is honoured), control characters in names, and exit codes. Does not cover what is said.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from autograder.adapters.pages.mathematics import Unreadable, to_plain
from autograder.types import Grade, Status

_FORMULA = re.compile(r"\$([^$\n]+)\$")
_LONGEST = 4000  # characters of one text
_NAME_WIDTH = 24  # of a first column that is never folded

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


class Exit(IntEnum):
    """Exit codes of every command."""

    OK = 0  # done
    NO = 1  # done, and the answer is no: a check fails, a release is stale
    WRONG = 2  # the command, the course or an assignment is wrong: for whoever ran it
    LOOK = 3  # done, but some submissions were rejected or need a person's review
    OURS = 4  # the machine or the platform failed


_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")  # control, direction, half characters, private use, line ends


def plain(text: object, lines: bool = False) -> str:
    """Text for a terminal: control and direction characters dropped, markup kept as text.

    `plain("a\\x1b[31mb") -> "a[31mb"` (escaped for rich). A line end becomes a space, so that a name cannot pose as a
    line of ours, and more than 4000 characters end with `…`; `lines=True` keeps both, for texts of the platform's own.
    """
    whole = str(text)
    said = whole if lines or len(whole) <= _LONGEST else whole[:_LONGEST] + "…"
    kept = ((c if lines else " ") if c == "\n" else "" if unicodedata.category(c) in _HIDDEN else c for c in said)
    return escape("".join(kept))


def readable(text: str) -> str:
    """A sentence for a terminal, its formulas as text. `readable("near $d_k$") -> "near d_k"`"""
    return plain(_FORMULA.sub(_as_text, text))


def _as_text(formula: re.Match[str]) -> str:
    try:
        return to_plain(formula[1])
    except Unreadable:
        return formula[0]


def read_line(console: Console) -> Callable[[str], str]:
    """Reads a line from stdin after a prompt on the console. Raises EOFError when there is none."""

    def read(prompt: str) -> str:
        console.print(plain(prompt), end="", style="bold cyan")
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line.rstrip("\r\n")

    return read


def print_json(document: object) -> None:
    """The one document on stdout; half characters, as in names of no known encoding, are written as JSON escapes."""
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    sys.stdout.write(text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n")


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], right: Sequence[int] = ()) -> None:
    """A table; columns whose index is in `right` hold numbers, which like names in the first one are kept whole."""
    table = Table(title=plain(title), title_justify="left", header_style="bold")
    for index, column in enumerate(columns):
        number = index in right
        whole = min(_NAME_WIDTH, max((len(str(row[index])) for row in rows), default=0)) if number or index == 0 else 1
        table.add_column(plain(column), overflow="fold", justify="right" if number else "left", min_width=whole)
    for row in rows:
        table.add_row(*(plain(cell) for cell in row))
    out.print(table)


def print_errors(lines: Sequence[str]) -> None:
    """Errors for a person, one a line, on stderr."""
    for line in lines:
        err.print(f"[red]error[/red] {plain(line, lines=True)}", soft_wrap=True)


class GradingBar:
    """A progress bar of a grading run, with its rate; silent where stderr is no terminal."""

    def __init__(self) -> None:
        columns = (
            TextColumn("grading"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
        )
        self._progress = Progress(*columns, console=err, transient=True)
        self._task = self._progress.add_task("grading", total=None, rate="")

    def start(self, total: int) -> None:
        self._progress.update(self._task, total=total)

    def graded(self, grade: Grade) -> None:
        task = self._progress.tasks[0]
        self._progress.update(self._task, advance=1, rate=f"{task.speed or 0:.1f}/s")
        if grade.status is not Status.GRADED:
            notes = "; ".join(note.en for note in grade.notes) or (grade.fault or "").strip().rpartition("\n")[2]
            what = f"{grade.student} / {grade.assignment}: {grade.status.value.replace('_', ' ')}: {notes}"
            err.print(f"[yellow]look[/yellow] {plain(what)}", soft_wrap=True)
        for oddity in grade.unusual:
            what = f"{grade.student} / {grade.assignment}: {oddity.en}"
            err.print(f"[yellow]unusual[/yellow] {plain(what)}", soft_wrap=True)

    def tried(self, assignment: str) -> None:
        speed = self._progress.tasks[0].speed or 0
        self._progress.update(self._task, advance=1, rate=f"{assignment} {speed:.0f}/s")

    def unchanged(self, grade: Grade) -> None:
        self._progress.update(self._task, advance=1)

    @contextmanager
    def shown(self) -> Iterator[GradingBar]:
        with self._progress:
            yield self
