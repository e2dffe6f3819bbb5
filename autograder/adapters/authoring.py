"""The sources that come from an assignment's script: reference, stub, mistakes and public checks.

Covers reading the script whole and loading the reference on the trusted side. Does not cover notebooks
(`release_notebook`) or writing what students get (`release`).
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from traceback import extract_tb
from types import ModuleType

from autograder.adapters.script import Script, parse_script
from autograder.adapters.script_rules import rule_problems
from autograder.adapters.yaml_file import shown
from autograder.errors import CourseError, Location, problem
from autograder.types import Assignment, Mistake

STUB_COMMENT = (
    "# {en} — check your work: autograder check {slug}.py\n"
    "# {fr} — vérifiez votre travail : autograder check {slug}.py\n"
)


@lru_cache(maxsize=64)
def read_script(assignment: Assignment) -> Script:
    """The assignment's script. Raises CourseError with every problem of its cells."""
    script, problems = parse_script(assignment.folder / f"{assignment.slug}.py")
    problems += [each for each in rule_problems(script, assignment) if each not in problems]
    if problems:
        raise CourseError(problems)
    return script


def reference_source(assignment: Assignment) -> str:
    """The solution as a module; other lines of the script are blank, so that line numbers equal the file's."""
    return read_script(assignment).reference()


def stub_source(assignment: Assignment) -> str:
    """The module students start from: given cells, and solution cells that raise NotImplementedError."""
    title = assignment.title
    parts = [cell.stub() for cell in read_script(assignment).of("given", "solution")]
    comment = STUB_COMMENT.format(en=title.en, fr=title.fr, slug=assignment.slug)
    return comment + "\n" + "\n\n\n".join(part for part in parts if part) + "\n"


def mistake_source(assignment: Assignment, mistakes: Mistake | Sequence[Mistake]) -> str:
    """The reference as these mistakes leave it: their code follows it, in the order given."""
    chosen = [mistakes] if isinstance(mistakes, Mistake) else list(mistakes)
    return "\n\n".join([reference_source(assignment), *(_code(mistake) for mistake in chosen)])


def check_cells(assignment: Assignment) -> dict[str, str]:
    """The public check of each group, in the order of the groups."""
    sources = {cell.name: cell.source for cell in read_script(assignment).of("check")}
    return {group.id: sources[group.id] for group in assignment.groups}


def line_in(file: Path, error: BaseException) -> int | None:
    """The deepest line of an instructor's script that an error came through, None when it came through none."""
    lines = [trace.lineno for trace in extract_tb(error.__traceback__) if trace.filename == str(file)]
    return lines[-1] if lines else None


def load_reference(assignment: Assignment) -> ModuleType:
    """The reference as a module, for the trusted side only. Raises CourseError when it does not load."""
    file = assignment.folder / f"{assignment.slug}.py"
    module = ModuleType(f"reference_{assignment.slug.replace('-', '_')}")
    module.__file__ = str(file)
    code = compile(reference_source(assignment), str(file), "exec", dont_inherit=True)
    # Dataclasses look their own module up by name.
    sys.modules[module.__name__] = module
    try:
        exec(code, module.__dict__)  # noqa: S102 - the instructor's own file
    except Exception as error:
        line = line_in(file, error)
        what = f"the reference does not load: {type(error).__name__}: {error}"
        raise CourseError(problem(Location(shown(file), line), what, "mend the cell there")) from error
    return module


def _code(mistake: Mistake) -> str:
    """A mistake's code without its docstring, nor imports from __future__, which only a file's top may have."""
    source = mistake.file.read_text(encoding="utf-8")
    lines = source.split("\n")
    for index, node in enumerate(ast.parse(source).body):
        docstring = index == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if docstring or (isinstance(node, ast.ImportFrom) and node.module == "__future__"):
            lines[node.lineno - 1 : node.end_lineno] = [""] * ((node.end_lineno or node.lineno) - node.lineno + 1)
    return "\n".join(lines).strip("\n") + "\n"
