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
from autograder.types import Assignment, Group, Language, Text

NBGRADER_SCHEMA = 3
CHECK_ALL = "check-all"
HAND_IN = Text(
    "## Check, then hand in\n\n"
    "Run the cell below whenever you like: it tries the public checks on what this notebook defines at that moment, "
    "and gives a hint for each one that fails. The hidden checks go further: other inputs, edge cases.\n\n"
    "Before you hand in, choose *Kernel → Restart Kernel and Run All Cells*, see that nothing stops, and **save**. "
    "What is graded is the saved file, its cells run from top to bottom. Keep its name, then hand it in: with "
    "nbgrader, press *Submit* in the list of assignments; elsewhere, upload the file where your course asks for it.",
    "## Vérifier, puis rendre\n\n"
    "Exécutez la cellule ci-dessous aussi souvent que vous voulez : elle essaie les vérifications publiques sur ce "
    "que le notebook définit à cet instant, et donne un indice pour chacune qui échoue. Les vérifications cachées vont "
    "plus loin : autres entrées, cas limites.\n\n"
    "Avant de rendre, choisissez *Noyau → Redémarrer le noyau et exécuter toutes les cellules*, voyez que rien ne "
    "s'arrête, et **enregistrez**. C'est le fichier enregistré qui est noté, ses cellules exécutées de haut en bas. "
    "Gardez son nom, puis rendez-le : avec nbgrader, cliquez sur *Submit* dans la liste des devoirs ; sinon, déposez "
    "le fichier là où votre cours le demande.",
)
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}

# These libraries declare no types.
NBGRADER: Any = preprocessors
V4: Any = nbformat.v4
READS: Any = jupytext.reads


def release_notebook(assignment: Assignment, script: Script, language: Language) -> str:
    """The released notebook in one language, as the text of its file."""
    notebook = _assembled(assignment, script, language)
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


def source_notebook(assignment: Assignment, script: Script, language: Language) -> str:
    """The instructor's notebook, solutions and their markers in it: nbgrader makes the released one from it."""
    return str(V4.writes(_assembled(assignment, script, language))) + "\n"


def _assembled(assignment: Assignment, script: Script, language: Language) -> Any:
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
    cells += [V4.new_markdown_cell(HAND_IN.say(language), id=f"text-{texts + 1}"), _check_all()]
    return V4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})


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


def _check_all() -> Any:
    """The last cell, which tries every public check and shows the result as a table."""
    cell = V4.new_code_cell("import autograder\n\nautograder.check()", id=CHECK_ALL)
    cell.metadata["nbgrader"] = _marks(CHECK_ALL, locked=True)
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
