"""What must hold between the cells of an assignment's source, its groups and its required names.

Covers names, pairs of texts, checks per group, stubs that can be run and solution lines that would reach
students. Does not cover the form of single cells (`script`) nor whether the solution is right (`validate`).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from autograder.adapters.script import Script, ScriptCell
from autograder.adapters.yaml_file import shown
from autograder.errors import Location, problem
from autograder.types import Assignment

# Shorter lines, such as `out = []`, are written by anyone and give nothing away.
TELLING_LENGTH = 24
NOT_TELLING = re.compile(r"#|@|\"|'|import |from |raise |assert |pass\b|def |class ")


def rule_problems(script: Script, assignment: Assignment) -> list[str]:
    """Every rule the cells break, as lines `file:line: what. Remedy: … .`"""
    found = [
        *_doubled(script),
        *_groups(script, [group.id for group in assignment.groups]),
        *pair_problems(script),
        *syntax_problems(script),
    ]
    # Names and stubs are looked at in code that compiles.
    return found or [*_required(script, assignment.requires), *_stubs(script), *_leaks(script)]


def _where(script: Script, line: int) -> Location:
    return Location(shown(script.file), line)


def _doubled(script: Script) -> Iterator[str]:
    first: dict[str, int] = {}
    for cell in script.of("given", "solution", "check", "try"):
        if cell.key in first:
            what = f"'{cell.name}' names a second cell of its kind (first on line {first[cell.key]})"
            yield problem(_where(script, cell.line), what, "rename one, or join them")
        first.setdefault(cell.key, cell.line)


def _groups(script: Script, groups: list[str]) -> Iterator[str]:
    checked = set()
    for cell in script.of("check"):
        checked.add(cell.name)
        if cell.name not in groups:
            what = f"group '{cell.name}' is unknown (there are: {', '.join(groups)})"
            yield problem(_where(script, cell.line), what, "write one of these, or add it to assignment.yaml")
    for group in groups:
        if group not in checked:
            remedy = f"add a cell '# %% group=\"{group}\"'"
            yield problem(_where(script, 1), f"group '{group}' has no check cell", remedy)


def pair_problems(script: Script) -> Iterator[str]:
    """A text in English is directly followed by the same text in French."""
    waiting: ScriptCell | None = None
    for cell in script.cells:
        if waiting is not None and not (cell.kind == "text" and cell.name == "fr"):
            yield problem(_where(script, waiting.line), "a text in English without its French", "add it directly below")
        if cell.kind == "text" and cell.name == "fr" and waiting is None:
            yield problem(_where(script, cell.line), "a text in French without its English", "add it directly above")
        waiting = cell if cell.kind == "text" and cell.name == "en" else None
        if cell.kind == "text" and not all(line.startswith("#") or not line.strip() for line in cell.lines):
            number = next(n for n, line in enumerate(cell.lines, cell.line + 1) if line.strip() and line[0] != "#")
            yield problem(_where(script, number), "code in a text cell", "start a code cell above it")
    if waiting is not None:
        yield problem(_where(script, waiting.line), "a text in English without its French", "add it directly below")


def syntax_problems(script: Script) -> Iterator[str]:
    """Every code cell is Python, and still is once its solution is taken out."""
    for cell in script.of("given", "solution", "check", "try"):
        for text, label in ((cell.source, "not Python"), (cell.stub(), "not Python once the solution is taken out")):
            try:
                ast.parse(text)
            except SyntaxError as error:
                yield problem(_where(script, cell.line + (error.lineno or 0)), f"{label}: {error.msg}", "mend it there")
                break


def _required(script: Script, requires: tuple[str, ...]) -> Iterator[str]:
    defined = {name for cell in script.of("given", "solution") for name in defined_names(ast.parse(cell.source))}
    for name in requires:
        if name not in defined:
            what = f"'{name}', required by assignment.yaml, is not defined"
            yield problem(_where(script, 1), what, "define it in a given or a solution cell, or mend 'requires'")


def defined_names(tree: ast.Module) -> set[str]:
    """Names a module defines at its top level: functions, classes, assignments and imports."""
    names = set()
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                names |= {alias.asname or alias.name.split(".")[0] for alias in aliases}
            case _:
                names |= {
                    each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
                }
    return names


def _stubs(script: Script) -> Iterator[str]:
    """The raise that replaces a region stands in a function: else the notebook stops where it is loaded."""
    for cell in script.of("solution"):
        tree = ast.parse(cell.stub())
        inside = {
            id(node)
            for function in ast.walk(tree)
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
            for node in ast.walk(function)
        }
        for node in ast.walk(tree):
            match node:
                case ast.Raise(exc=ast.Name(id="NotImplementedError")) if id(node) not in inside:
                    what = f"a solution region of '{cell.name}' is not the body of a function"
                    remedy = "put the markers inside a function or a method"
                    yield problem(_where(script, cell.line), what, remedy)


def telling(line: str) -> str | None:
    """A line as it is compared for leaks, or None when it gives nothing away. `"else:"` -> None"""
    text = " ".join(line.split())
    if len(text) < TELLING_LENGTH or text.endswith((":", ",", "(", "[", "{")) or NOT_TELLING.match(text):
        return None
    return text


def solution_lines(script: Script) -> dict[str, int]:
    """Every telling line of the solution regions, and its number in the file."""
    return {
        text: number
        for cell in script.of("solution")
        for number, line in cell.solution()
        if (text := telling(line)) is not None
    }


def hidden_lines(suite: Path) -> dict[str, int]:
    """Every telling line inside the tests of a hidden suite, and its number in the file."""
    source = suite.read_text(encoding="utf-8")
    lines = source.split("\n")
    return {
        text: number
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test")
        for number in range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1)
        if (text := telling(lines[number - 1])) is not None
    }


def _leaks(script: Script) -> Iterator[str]:
    secret = solution_lines(script)
    for cell in script.cells:
        text = cell.stub() if cell.kind == "solution" else cell.source
        public = " ".join(re.sub(r"(?m)^# ?", "", text).split()) if cell.kind == "text" else " ".join(text.split())
        for line, number in secret.items():
            if line in public:
                what = f"line {number} of the solution, '{line}', is shown to students in this cell"
                yield problem(_where(script, cell.line), what, "reword one of the two")
