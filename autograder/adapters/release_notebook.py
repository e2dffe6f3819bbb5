"""The notebook students get, with nbgrader's marks, and the Markdown of the instructions.

Covers one notebook per language, identical on every build. Does not cover the other files of a release
(`release`) nor nbgrader's gradebook.
"""

from __future__ import annotations

from typing import Any

import jupytext
import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbgrader import preprocessors

from autograder.adapters.script import STUB, Script, ScriptCell
from autograder.adapters.yaml_file import shown
from autograder.errors import CourseError, Location, problem
from autograder.types import Assignment, Group, Language

NBGRADER_SCHEMA = 3
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}

# These libraries declare no types.
NBGRADER: Any = preprocessors
V4: Any = nbformat.v4
READS: Any = jupytext.reads


def release_notebook(assignment: Assignment, script: Script, language: Language) -> str:
    """The released notebook in one language, as the text of its file."""
    groups = {group.id: group for group in assignment.groups}
    texts = 0
    cells = []
    for cell, written in written_cells(script):
        if cell.kind != "text":
            cells.append(_code(cell, written, groups.get(cell.name), language))
        elif cell.name == language:
            texts += 1
            cells.append(V4.new_markdown_cell(written, id=f"text-{texts}"))
    first_code = next(index for index, made in enumerate(cells) if made.cell_type == "code")
    cells.insert(first_code, _setup(language))
    notebook = V4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    stub = {"python": "\n".join(STUB)}
    for step in (
        NBGRADER.LockCells(),
        NBGRADER.ClearSolutions(code_stub=stub),
        NBGRADER.ClearOutput(),
        NBGRADER.ComputeChecksums(),
        NBGRADER.CheckCellMetadata(),
    ):
        notebook, _ = step.preprocess(notebook, ResourcesDict())
    nbformat.validate(notebook)
    return str(V4.writes(notebook)) + "\n"


def instructions(assignment: Assignment, script: Script, language: Language) -> str:
    """The texts of one language as Markdown, and what each group is worth."""
    texts = [text.strip() for cell, text in written_cells(script) if cell.kind == "text" and cell.name == language]
    heading, group, worth = ("Barème", "Groupe", "Points") if language == "fr" else ("Points", "Group", "Points")
    rows = [f"| {each.title.say(language)} | {number(each.points, language)} |" for each in assignment.groups]
    table = "\n".join([f"## {heading}", "", f"| {group} | {worth} |", "| --- | ---: |", *rows])
    return "\n\n".join([*texts, table]) + "\n"


def heading(group: Group, language: Language) -> str:
    """The comment that heads a group's check. `# Softmax — 3 points`"""
    plural = "" if group.points in (0.5, 1) else "s"
    return f"# {group.title.say(language)} — {number(group.points, language)} point{plural}"


def number(points: float, language: Language) -> str:
    """Points as they are written in a language. `(2.5, "fr") -> "2,5"`"""
    return f"{points:g}".replace(".", "," if language == "fr" else ".")


def written_cells(script: Script) -> list[tuple[ScriptCell, str]]:
    """Each cell with its text as jupytext has it: Markdown without comment signs, magics as magics."""
    notebook: Any = READS("\n".join(script.lines) + "\n", fmt="py:percent")
    if len(notebook.cells) != len(script.cells):
        what = f"jupytext sees {len(notebook.cells)} cells where {len(script.cells)} are marked"
        remedy = "look for a line that starts with '# %%' inside a text between quotes"
        raise CourseError(problem(Location(shown(script.file)), what, remedy))
    return [(cell, made.source) for cell, made in zip(script.cells, notebook.cells, strict=True)]


def _setup(language: Language) -> Any:
    """A first code cell that tells the checks which language to speak."""
    cell = V4.new_code_cell(f"%env AUTOGRADER_LANG={language}", id="setup")
    cell.metadata["nbgrader"] = _marks("setup", locked=True)
    return cell


def _code(cell: ScriptCell, source: str, group: Group | None, language: Language) -> Any:
    made = V4.new_code_cell(source, id=cell.key)
    match cell.kind:
        case "try":
            made.metadata["tags"] = ["try"]
        case "check" if group is not None:
            made.source = f"{heading(group, language)}\n{source}"
            made.metadata["nbgrader"] = _marks(cell.key, locked=True, grade=True, points=group.points)
        case "solution":
            made.metadata["nbgrader"] = _marks(cell.key, solution=True)
        case _:
            made.metadata["nbgrader"] = _marks(cell.key, locked=True)
    return made


def _marks(
    grade_id: str, *, grade: bool = False, locked: bool = False, solution: bool = False, points: float | None = None
) -> dict[str, object]:
    """nbgrader's metadata of a cell; its preprocessors add the checksum and the type."""
    marks: dict[str, object] = {
        "grade": grade,
        "grade_id": grade_id,
        "locked": locked,
        "schema_version": NBGRADER_SCHEMA,
        "solution": solution,
        "task": False,
    }
    return marks if points is None else {**marks, "points": points}
