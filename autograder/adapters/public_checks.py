"""Runs the public checks on a student's own work, in a process of its own.

Covers loading the work, one check per group, and a line of JSON per result on the first descriptor. It runs on the
student's machine and confines nothing: hidden suites and other people's code never run here.
"""

from __future__ import annotations

import contextlib
import json
import linecache
import os
import sys
import traceback
import types
from collections.abc import Callable, Iterator
from typing import Any, TextIO

from autograder import checks as comparisons
from autograder.language import language
from autograder.types import Outcome, Text

_COMPARISONS = {
    name: value
    for name, value in vars(comparisons).items()
    if not name.startswith("_") and getattr(value, "__module__", "") == comparisons.__name__
}


def file_name(cell: int, file: str) -> str:
    """How a place in the student's work is called in messages. `file_name(3, "a.ipynb") -> "cell 3"`"""
    return file if cell == 0 else f"cell {cell}"


class PublicChecks:
    """The work, loaded once, and the checks of its groups. `task` says what to load and which checks there are."""

    def __init__(self, task: dict[str, Any]) -> None:
        self._task = task
        self._module = types.ModuleType("submission")
        self._mine: set[str] = set()
        sys.modules["submission"] = self._module

    def load(self) -> list[Text]:
        """Executes the cells in order; a cell that raises is told and does not lose the others."""
        notes = []
        for number, source in self._task["cells"]:
            name = file_name(number, self._task["file"])
            self._mine.add(name)
            linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
            try:
                exec(compile(source, name, "exec"), self._module.__dict__)  # noqa: S102 - the student's own code, on their machine
            except BaseException as error:  # noqa: BLE001 - a cell may raise anything, SystemExit too
                said = self._said(error)
                notes.append(Text(f"While loading: {said.en}", f"Au chargement : {said.fr}"))
        return notes

    def adopt(self, names: dict[str, Any]) -> None:
        """Takes the work as it stands in the memory of a notebook, instead of loading it."""
        self._module.__dict__.update(names)
        codes = (getattr(value, "__code__", None) for value in _with_methods(names))
        self._mine |= {code.co_filename for code in codes if isinstance(code, types.CodeType)}

    def check(self, group: str) -> tuple[Outcome, Text]:
        """Runs one group's check on a copy of the work's names."""
        source = self._task["checks"][group]
        name = f"check {group}"
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        try:
            exec(compile(source, name, "exec"), self._names())  # noqa: S102 - the released check
        except NotImplementedError:
            return Outcome.FAILED, Text("not written yet", "pas encore écrit")
        except AssertionError as error:
            text = getattr(error, "text", None)
            if isinstance(text, Text):
                return Outcome.FAILED, text
            return Outcome.FAILED, self._said(error)
        except BaseException as error:  # noqa: BLE001 - a student's function may raise anything
            if isinstance(error, NameError) and not self._came_through_the_work(error):
                return Outcome.FAILED, self._not_there(error.name)
            return Outcome.CRASHED, self._said(error)
        return Outcome.PASSED, Text("", "")

    def _names(self) -> dict[str, Any]:
        """What a check sees. The comparisons are ours whatever the work calls `shape`, unless it was asked for one."""
        work = self._module.__dict__
        return {**work, **_COMPARISONS, **{name: work[name] for name in self._task["requires"] if name in work}}

    def _not_there(self, name: str | None) -> Text:
        if name in self._task["requires"]:
            return Text(f"your work does not define `{name}`", f"votre travail ne définit pas `{name}`")
        return Text(
            f"this check needs `{name}`, which the file defined or imported when it was handed out: put it back",
            f"cette vérification a besoin de `{name}`, défini ou importé dans le fichier distribué : remettez-le",
        )

    def _came_through_the_work(self, error: BaseException) -> bool:
        return any(frame.filename in self._mine for frame in traceback.extract_tb(error.__traceback__))

    def _said(self, error: BaseException) -> Text:
        """The error as Python says it, with the last line of the student's own that it came through."""
        what = "".join(traceback.format_exception_only(error)).strip().splitlines()[-1]
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in self._mine]
        if not frames:
            return Text(what, what)
        place, line = frames[-1].filename, frames[-1].lineno
        if os.sep in place or place.startswith("<"):  # a cell of a live notebook, which has no number yet
            return Text(f"{what} (`{frames[-1].line}`)", f"{what} (`{frames[-1].line}`)")
        return Text(f"{what} ({place}, line {line})", f"{what} ({place.replace('cell', 'cellule')}, ligne {line})")


def _with_methods(names: dict[str, Any]) -> Iterator[Any]:
    """The functions and classes defined in a notebook, and the methods of its classes."""
    for value in list(names.values()):
        if getattr(value, "__module__", None) == "__main__":
            yield value
            if isinstance(value, type):
                yield from vars(value).values()


def run(task: dict[str, Any], tell: Callable[[dict[str, Any]], None]) -> None:
    """Loads the work and tells each result as soon as it is known."""
    checks = PublicChecks(task)
    tell({"ready": True})
    tell({"notes": [[note.en, note.fr] for note in checks.load()]})
    for group in task["groups"]:
        outcome, text = checks.check(group)
        tell({"group": group, "outcome": outcome.value, "message": [text.en, text.fr]})


def main() -> None:
    """Reads the task from standard input and writes results where standard output was; prints go to stderr."""
    task = json.load(sys.stdin)
    results: TextIO = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    os.environ.setdefault("AUTOGRADER_LANG", language())

    def tell(message: dict[str, Any]) -> None:
        with contextlib.suppress(OSError, ValueError):  # the work may have closed its own output
            sys.stdout.flush()
        results.write(json.dumps(message) + "\n")
        results.flush()

    with contextlib.suppress(BrokenPipeError):
        run(task, tell)
    os._exit(0)


if __name__ == "__main__":
    main()
