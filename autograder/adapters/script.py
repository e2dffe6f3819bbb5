"""An assignment's one source, `solutions/<slug>/<slug>.py`, as cells with their line numbers.

Covers the percent format, the kinds of cell and solution regions. Does not cover what must hold between
cells (`script_rules`) nor notebooks (`release_notebook`): it needs nothing but the standard library, so
that grading starts fast.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal

from autograder.adapters.yaml_file import shown
from autograder.errors import CourseError, Location, problem

Kind = Literal["text", "given", "solution", "check", "try"]

BEGIN = "### BEGIN SOLUTION"
END = "### END SOLUTION"
STUB = ("# YOUR CODE HERE", "raise NotImplementedError")

MARKER = re.compile(r'# %%(?P<type> \[markdown\])?(?P<options>(?: [a-z]+="[^"]*")*)\s*')
LOOKS_LIKE_MARKER = re.compile(r"#\s*%%")
LOOKS_LIKE_REGION = re.compile(r"\b(BEGIN|END)[\s_-]+(SOL|HIDDEN)", re.IGNORECASE)
OPTION = re.compile(r'([a-z]+)="([^"]*)"')
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Names of cells that the release adds or derives.
RESERVED = re.compile(r"(check|try|text)-.*|setup")


@dataclass(frozen=True)
class ScriptCell:
    """One cell. `name` is its id, group, try name or, for text, its language; `line` is that of its marker."""

    kind: Kind
    name: str
    line: int
    lines: tuple[str, ...]

    @property
    def source(self) -> str:
        """The cell's code without blank lines around it."""
        return "\n".join(self.lines).strip("\n")

    @property
    def key(self) -> str:
        """A name unique in the assignment: `softmax` for an id, `check-softmax` for a group, `try-fables`."""
        return self.name if self.kind in ("given", "solution") else f"{self.kind}-{self.name}"

    def stub(self) -> str:
        """The cell as students get it: each solution region is replaced by a comment and a raise."""
        kept: list[str] = []
        inside = False
        for line in self.lines:
            if line.strip() == BEGIN:
                indent = line[: len(line) - len(line.lstrip())]
                kept += [indent + text for text in STUB]
                inside = True
            elif line.strip() == END:
                inside = False
            elif not inside:
                kept.append(line)
        return "\n".join(kept).strip("\n")

    def solution(self) -> list[tuple[int, str]]:
        """The lines inside its solution regions, with their numbers in the file."""
        found: list[tuple[int, str]] = []
        inside = False
        for number, line in enumerate(self.lines, self.line + 1):
            if line.strip() in (BEGIN, END):
                inside = line.strip() == BEGIN
            elif inside:
                found.append((number, line))
        return found


@dataclass(frozen=True)
class Script:
    """The whole source: its file, its lines and its cells in order."""

    file: Path
    lines: tuple[str, ...]
    cells: tuple[ScriptCell, ...]

    def of(self, *kinds: Kind) -> list[ScriptCell]:
        return [cell for cell in self.cells if cell.kind in kinds]

    def reference(self) -> str:
        """Given and solution cells, all other lines blank: line numbers equal the file's."""
        kept = [""] * len(self.lines)
        for cell in self.of("given", "solution"):
            kept[cell.line : cell.line + len(cell.lines)] = cell.lines
        return "\n".join(kept) + "\n"


def parse_script(file: Path) -> tuple[Script, list[str]]:
    """The cells of a percent script, and every problem of their form. Raises CourseError if it cannot be read."""
    try:
        lines = tuple(file.read_text(encoding="utf-8-sig").removesuffix("\n").split("\n"))
    except (OSError, UnicodeDecodeError) as error:
        what = f"cannot be read ({getattr(error, 'strerror', None) or 'not UTF-8'})"
        raise CourseError(problem(Location(shown(file)), what, "create it, saved as UTF-8")) from None
    problems: list[str] = []
    starts = [index for index, line in enumerate(lines) if LOOKS_LIKE_MARKER.match(line)]
    header = lines[: starts[0]] if starts else lines
    problems += _header_problems(file, header)
    cells = []
    for start, end in pairwise([*starts, len(lines)]):
        try:
            cells.append(_cell(file, start + 1, lines[start], lines[start + 1 : end]))
        except CourseError as error:
            problems += error.problems
    for cell in cells:
        problems += _region_problems(file, cell)
    if not starts:
        problems.append(problem(Location(shown(file)), "no cell", "start each cell with a line '# %% id=\"…\"'"))
    return Script(file, lines, tuple(cells)), problems


def _header_problems(file: Path, header: tuple[str, ...]) -> list[str]:
    """The jupytext header, and nothing else, stands before the first cell."""
    fences = [index for index, line in enumerate(header) if line.strip() == "# ---"]
    if not fences or fences[0] != 0 or len(fences) < 2:
        remedy = "copy the header from docs/write-an-assignment.md to the top"
        return [problem(Location(shown(file), 1), "no jupytext header", remedy)]
    for number, line in enumerate(header[fences[1] + 1 :], fences[1] + 2):
        if line.strip():
            return [problem(Location(shown(file), number), "text before the first cell", "move it into a cell")]
    return []


def _cell(file: Path, line: int, marker: str, lines: tuple[str, ...]) -> ScriptCell:
    where = Location(shown(file), line)
    match = MARKER.fullmatch(marker)
    if match is None:
        remedy = 'write it as: # %% id="name", # %% group="name", # %% try="name" or # %% [markdown] lang="en"'
        raise CourseError(problem(where, f"'{marker.strip()}' is not a cell marker of this project", remedy))
    options = OPTION.findall(match["options"])
    if match["type"]:
        if len(options) != 1 or options[0] not in [("lang", "en"), ("lang", "fr")]:
            raise CourseError(problem(where, "a text cell without its language", 'add lang="en" or lang="fr"'))
        return ScriptCell("text", options[0][1], line, lines)
    if len(options) != 1 or options[0][0] not in ("id", "group", "try"):
        remedy = 'give it exactly one of id="…", group="…", try="…"'
        raise CourseError(problem(where, "a code cell without one id, group or try", remedy))
    key, name = options[0]
    if not NAME.fullmatch(name) or len(name) > 50 or (key == "id" and RESERVED.fullmatch(name)):
        remedy = "use lower-case letters, digits and dashes; not setup, check-…, try-… or text-…"
        raise CourseError(problem(where, f"'{name}' is no name for a cell", remedy))
    if key != "id":
        return ScriptCell("check" if key == "group" else "try", name, line, lines)
    has_region = any(LOOKS_LIKE_REGION.search(text) for text in lines)
    return ScriptCell("solution" if has_region else "given", name, line, lines)


def _region_problems(file: Path, cell: ScriptCell) -> list[str]:
    """Every region of a cell is opened, filled and closed, in a cell that may have one."""
    problems = []
    opened: int | None = None
    filled = False
    for number, line in enumerate(cell.lines, cell.line + 1):
        where = Location(shown(file), number)
        text = line.strip()
        if LOOKS_LIKE_REGION.search(line) and text not in (BEGIN, END):
            if "HIDDEN" in text.upper():
                remedy = "move these tests to test_hidden.py: a notebook keeps what is hidden in it"
            else:
                remedy = f"write '{BEGIN}' or '{END}', or reword it: nbgrader would take it for one"
            problems.append(problem(where, f"'{text}' is not a solution marker", remedy))
        elif text in (BEGIN, END) and cell.kind != "solution":
            problems.append(problem(where, f"a solution region in a {cell.kind} cell", 'move it to a cell with id="…"'))
        elif text == BEGIN:
            if opened is not None:
                problems.append(problem(where, f"a region inside that of line {opened}", f"write '{END}' before it"))
            opened, filled = number, False
        elif text == END:
            if opened is None:
                problems.append(problem(where, f"'{END}' without '{BEGIN}'", f"write '{BEGIN}' above the body"))
            elif not filled:
                problems.append(problem(where, "an empty solution region", "write the solution, or remove the region"))
            opened = None
        elif text and opened is not None:
            filled = True
    if opened is not None:
        problems.append(
            problem(Location(shown(file), opened), "a solution region left open", f"write '{END}' below it")
        )
    return problems
