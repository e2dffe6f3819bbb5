"""A hand-in as a notebook with its grade in it: what formgrader opens and feedback is made from.

Covers the student's cells under the marks that were released, checks that were deleted, modules, and what may not reach
an instructor's browser. Nothing of a hand-in is taken over but text: marks, outputs, ids and attachments are ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import nbformat
import nh3
from markdown_it import MarkdownIt

from autograder.adapters.handout import fingerprint
from autograder.adapters.notebook import NotebookCell, read_cells
from autograder.adapters.pages import prose, sentences
from autograder.adapters.untrusted_file import MAX_BYTES, MAX_NOTEBOOK_BYTES, Unreadable, as_text, read_regular
from autograder.adapters.yaml_file import shown
from autograder.errors import CourseError, Location, problem
from autograder.types import Grade, GroupGrade, Language, Outcome, Status, Text

NBFORMAT: Any = nbformat  # declares no types
V4 = NBFORMAT.v4
MARK = {
    Outcome.PASSED: "✓",
    Outcome.FAILED: "✗",
    Outcome.CRASHED: "!",
    Outcome.LIMIT: "≫",
    Outcome.BROKEN: "?",
}
# A script that MathJax would follow, and pictures that tell who looks, have no place in a hand-in.
_TAGS = {"p", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
         "br", "table", "thead", "tbody", "tr", "th", "td", "a", "s"}  # fmt: skip
_MARKDOWN = MarkdownIt("js-default", {"linkify": False}).disable("image")
LONGEST_TEXT = 50_000  # characters of a text cell that are laid out
LONGEST_CODE = 256 * 1024
_NOTES = "autograder-notes"


@dataclass(frozen=True)
class Released:
    """The notebook that was handed out. `cells` are nbformat's, in order."""

    cells: tuple[Any, ...]
    metadata: Any

    @property
    def language(self) -> Language:
        return "fr" if any("AUTOGRADER_LANG=fr" in cell.source for cell in self.cells) else "en"

    @property
    def points(self) -> dict[str, float]:
        """What each group is worth in nbgrader's gradebook."""
        marks = [cell.metadata.get("nbgrader", {}) for cell in self.cells]
        return {group_id(mark.grade_id): float(mark.points) for mark in marks if mark.get("grade")}


def group_id(grade_id: str) -> str:
    """The group that a graded cell is for. `"check-softmax" -> "softmax"`"""
    return grade_id.removeprefix("check-")


def grade_id(group: str) -> str:
    """The graded cell of a group. `"softmax" -> "check-softmax"`"""
    return f"check-{group}"


def read_released_notebook(path: Path, slug: str) -> Released:
    """The notebook that nbgrader released. Raises CourseError with the remedy when there is none."""
    try:
        notebook = NBFORMAT.reads(path.read_text(encoding="utf-8"), as_version=4)
    except OSError:
        remedy = f"run in the nbgrader course: nbgrader generate_assignment {slug}"
        raise CourseError(problem(Location(shown(path)), f"{slug} was not generated", remedy)) from None
    return Released(tuple(notebook.cells), notebook.metadata)


def rebuilt(released: Released, folder: Path, file: str) -> Any:
    """The work in `folder/file` as a notebook whose marks are those released; every graded cell is in it once."""
    theirs = _their_cells(folder / file) if file else []
    named = {cell.id: cell for cell in released.cells}
    by_source = {fingerprint(cell.source): cell.id for cell in released.cells}
    places = [_place(cell, named, by_source) for cell in theirs]
    cells = []
    for cell, place in zip(theirs, places, strict=True):
        own = named.pop(place, None)
        cells.append(_unmarked(cell) if own is None else _marked(cell, own))
    cells += [_copy(cell) for cell in named.values() if cell.metadata.get("nbgrader", {}).get("grade")]
    for number, cell in enumerate(cells, 1):
        cell.id = cell.metadata.get("nbgrader", {}).get("grade_id") or f"cell-{number}"
    return V4.new_notebook(cells=cells, metadata=released.metadata)


def with_grade(notebook: Any, grade: Grade, language: Language) -> Any:
    """Puts each group's result under its check, and what is to say of the whole at the top."""
    groups = {grade_id(group.id): group for group in grade.groups}
    for cell in notebook.cells:
        group = groups.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
        if group is not None:
            html = _group(group, grade.status, language)
            # nbgrader reads the points from the plain text; a browser shows the HTML.
            data = {"text/plain": repr(group.points), "text/html": html}
            cell.outputs = [V4.new_output("execute_result", data=data, execution_count=None)]
    notes = "".join(f"<li>{prose.to_html(note.say(language), language)}</li>" for note in grade.notes)
    # Points are nbgrader's to show: a manual score or an extension may have changed them since.
    top = prose.to_html(sentences.encouragement(grade).say(language), language)
    html = f"<div><p><strong>{top}</strong></p>" + (f"<ul>{notes}</ul>" if notes else "") + "</div>"
    notebook.cells.insert(0, V4.new_markdown_cell(_one_line(html), id=_NOTES))
    return notebook


def safe_markdown(text: str) -> str:
    """A student's Markdown as one line of HTML that cannot run anything, nor load anything, nor be read as formulas."""
    if len(text) > LONGEST_TEXT:
        return _one_line(f"<pre>{escape(text[:LONGEST_TEXT])}…</pre>")
    html = nh3.clean(_MARKDOWN.render(text), tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https"})
    return _one_line(f'<div class="tex2jax_ignore mathjax_ignore">{html}</div>')


def _their_cells(path: Path) -> list[NotebookCell]:
    """The cells of a hand-in; a module is one cell, and what cannot be read is none."""
    is_notebook = path.suffix.lower() == ".ipynb"
    try:
        content = read_regular(path, MAX_NOTEBOOK_BYTES if is_notebook else MAX_BYTES)
        if is_notebook:
            return read_cells(content, path.name)
        return [NotebookCell(1, as_text(content, path.name), "", "", False, ())]
    except Unreadable:
        return []


def _place(cell: NotebookCell, named: dict[str, Any], by_source: dict[str, str]) -> str:
    """The id of the released cell that this one comes from, by its marks, its id or its text; else ""."""
    for id in (cell.grade_id, cell.id, by_source.get(fingerprint(cell.source), "")):
        if id in named and (named[id].cell_type == "code") == (cell.kind == "code"):
            return id
    return ""


def _marked(cell: NotebookCell, own: Any) -> Any:
    """A released cell as the student left it; of a check, the check that was released."""
    made = _copy(own)
    if own.metadata.get("nbgrader", {}).get("grade") or fingerprint(cell.source) == fingerprint(own.source):
        return made
    if own.cell_type == "code" and own.metadata.get("nbgrader", {}).get("solution"):
        made.source = _printable(cell.source)
        return made
    return _unmarked(cell)


def _unmarked(cell: NotebookCell) -> Any:
    if cell.kind == "code":
        return V4.new_code_cell(_printable(cell.source))
    return V4.new_markdown_cell(safe_markdown(_printable(cell.source)))


def _copy(cell: Any) -> Any:
    return NBFORMAT.from_dict({**cell, **({"outputs": [], "execution_count": None} if "outputs" in cell else {})})


def _printable(source: str) -> str:
    """Text that can be written as UTF-8 and coloured in time: half characters are replaced, the rest is cut."""
    return source[:LONGEST_CODE].encode("utf-8", "replace").decode()


def _group(group: GroupGrade, status: Status, language: Language) -> str:
    """A group's result as HTML, in inline style since three different pages show it."""

    def say(text: Text | str) -> str:
        return str(prose.to_html(text if isinstance(text, str) else text.say(language), language))

    head = f"{MARK[group.outcome]} {say(group.title)} · {say(sentences.group_words(group))}"
    lines = [f"<p><strong>{head}</strong></p>"]
    if group.outcome is Outcome.BROKEN:
        lines.append(f"<p>{say(sentences.GROUP_OUR_FAULT)}</p>")
    elif status is not Status.REJECTED:
        if group.message.say(language):
            lines.append(f"<p>{say(group.message)}</p>")
        if group.outcome is not Outcome.PASSED and group.hint.say(language):
            word = sentences.KNOWN_SLIP if group.mistake is not None else Text("Hint", "Indice")
            colon = "\u00a0: " if language == "fr" else ": "
            lines.append(f"<p><em>{say(word)}{colon}</em>{say(group.hint)}</p>")
    return "<div>" + "".join(lines) + "</div>"


def _one_line(html: str) -> str:
    """HTML without line ends, which Markdown passes on untouched: a blank line would end it."""
    return re.sub(r"\s*\Z", "", html).replace("\n", "&#10;")


def missing_groups(released: Released, groups: Iterable[tuple[str, float]]) -> list[str]:
    """Groups whose points nbgrader has differently from the assignment, in words."""
    wanted = dict(groups)
    return [
        f"group '{name}' is worth {released.points.get(name, 0):g} in nbgrader, {wanted.get(name, 0):g} in the course"
        for name in sorted(wanted.keys() | released.points.keys())
        if wanted.get(name) != released.points.get(name)
    ]
