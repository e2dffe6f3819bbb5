"""Lessons: one percent script each, `course/lessons/<slug>.py`, and the notebooks that students read.

Covers reading and checking a lesson, and building its notebook in each language. Does not cover its figures
(`figures`) nor when they are built (`usecases.lessons`).

A lesson is written like an assignment's script: pairs of texts, English then French, and code cells `# %% id="…"`.
A line `{{attention.softmax}}` in a text becomes the signature and docstring of that function, as the assignment has
them: shapes are said once, where they hold.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from markdown_it import MarkdownIt

from autograder.adapters.authoring import read_script
from autograder.adapters.course import Course, PlannedLesson, load_assignment
from autograder.adapters.release_notebook import KERNEL, written_cells
from autograder.adapters.script import Script, parse_script
from autograder.adapters.script_rules import pair_problems, syntax_problems
from autograder.adapters.yaml_file import shown
from autograder.errors import CourseError, Location, problem
from autograder.types import LANGUAGES, Language, Text

FOLDER = "course/lessons"
FIGURES = "figures"
SIGNATURE = re.compile(r"(?m)^\{\{([a-z0-9-]+)\.([A-Za-z0-9_.]+)\}\}$")
PRACTISE = Text("Practise", "À vous")
V4: Any = nbformat.v4  # declares no types


@dataclass(frozen=True)
class Lesson:
    """One lesson as it was written: its place in the course, its title and its cells."""

    planned: PlannedLesson
    title: Text
    script: Script

    @property
    def slug(self) -> str:
        return self.planned.slug


def read_lesson(course: Course, planned: PlannedLesson) -> Lesson:
    """A lesson of the course. Raises CourseError with every problem of its cells, texts and links."""
    script, problems = parse_script(course.root / FOLDER / f"{planned.slug}.py")
    problems += [*_kinds(script), *pair_problems(script), *syntax_problems(script)]
    if problems:
        raise CourseError(problems)
    texts = {language: _texts(script, language) for language in LANGUAGES}
    problems = [
        *_unlike(script, texts["en"], texts["fr"]),
        *(each for language in LANGUAGES for each in _dead_links(script, texts[language])),
    ]
    titles = [text.removeprefix("# ").split("\n")[0] for text in (texts["en"][0][1], texts["fr"][0][1])]
    if not all(texts[language][0][1].startswith("# ") for language in LANGUAGES):
        problems.append(problem(_where(script, 1), "the first text has no title", "start it with a line '# …'"))
    if problems:
        raise CourseError(problems)
    return Lesson(planned, Text(*titles), script)


def lesson_notebook(course: Course, lesson: Lesson, language: Language) -> str:
    """The lesson in one language, as the text of its notebook. Raises CourseError on a function nobody has."""
    cells = []
    for cell, source in written_cells(lesson.script):
        if cell.kind != "text":
            cells.append(V4.new_code_cell(source, id=cell.key))
        elif cell.name == language:
            text = _with_signatures(course, source, _where(lesson.script, cell.line))
            cells.append(V4.new_markdown_cell(text, id=f"text-{len(cells)}"))
    cells.append(V4.new_markdown_cell(_practise(course, lesson, language), id="practise"))
    notebook = V4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    nbformat.validate(notebook)
    return str(V4.writes(notebook)) + "\n"


def _practise(course: Course, lesson: Lesson, language: Language) -> str:
    """Where to go on: the lesson's assignments and quizzes."""
    lines = [f"## {PRACTISE.say(language)}", ""]
    for slug in lesson.planned.assignments:
        title = load_assignment(course, slug).title.say(language)
        word = "Assignment" if language == "en" else "Exercice"
        colon = ":" if language == "en" else "\u00a0:"
        lines.append(f"- {word}{colon} [{title}](../../assignments/{slug}/instructions.{language}.md)")
    for quiz in lesson.planned.quizzes:
        lines.append(
            f"- Quiz: `autograder quiz take {quiz}`"
            if language == "en"
            else f"- Quiz\u00a0: `autograder quiz take {quiz} --lang fr`"
        )
    return "\n".join(lines)


def _with_signatures(course: Course, text: str, where: Location) -> str:
    return SIGNATURE.sub(lambda found: _signature(course, found[1], found[2], where), text)


def _signature(course: Course, slug: str, name: str, where: Location) -> str:
    """A function's or method's signature and docstring, as a block of code. `("attention", "softmax")`"""
    if slug not in [each.slug for each in course.assignments]:
        raise CourseError(problem(where, f"no assignment '{slug}'", "name one of the course, as in {{attention.f}}"))
    for cell in read_script(load_assignment(course, slug)).of("given", "solution"):
        body: list[ast.stmt] = ast.parse(cell.source).body
        found: ast.stmt | None = None
        for step in name.split("."):
            found = next((node for node in body if getattr(node, "name", None) == step), None)
            body = getattr(found, "body", [])
        if found is not None and body:
            lines = cell.source.split("\n")[found.lineno - 1 : body[0].end_lineno]
            return "\n".join(["```python", *lines, "```"])
    raise CourseError(problem(where, f"'{slug}' has no function '{name}' with a docstring", "mend the name"))


def _texts(script: Script, language: Language) -> list[tuple[int, str]]:
    """The texts of one language, each with the line it starts on."""
    return [
        (cell.line, source) for cell, source in written_cells(script) if cell.kind == "text" and cell.name == language
    ]


def _kinds(script: Script) -> Iterator[str]:
    for cell in script.of("solution", "check"):
        yield problem(_where(script, cell.line), f"a {cell.kind} cell in a lesson", "move it to an assignment")
    if not script.of("text"):
        yield problem(_where(script, 1), "a lesson without a text", 'add a cell # %% [markdown] lang="en"')


def _unlike(script: Script, en: list[tuple[int, str]], fr: list[tuple[int, str]]) -> Iterator[str]:
    """A text and its translation have the same headings, figures, code, tables and signatures."""
    for (line, english), (_, french) in zip(en, fr, strict=True):
        for what, in_english, in_french in zip(_SHAPE, _shape(english), _shape(french), strict=True):
            if in_english != in_french:
                told = f"{what} differ between the languages: {in_english} and {in_french}"
                yield problem(_where(script, line), told, "make the two say the same")


_SHAPE = ("headings", "figures", "blocks", "formulas", "signatures")


def _shape(text: str) -> tuple[object, ...]:
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    blocks = [each.type for each in tokens if each.type in ("fence", "table_open")]
    return (
        [each.tag for each in tokens if each.type == "heading_open"],
        [re.sub(r"\.(en|fr)\.svg$", ".svg", link) for link in _links(text, "image", "src")],
        blocks,
        text.count("$$") // 2,
        SIGNATURE.findall(text),
    )


def _links(text: str, kind: str, attribute: str) -> list[str]:
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    inline = [child for token in tokens for child in token.children or []]
    return [str(each.attrs[attribute]) for each in inline if each.type == kind]


def _dead_links(script: Script, texts: list[tuple[int, str]]) -> Iterator[str]:
    for line, text in texts:
        for link in [*_links(text, "image", "src"), *_links(text, "link_open", "href")]:
            target = link.partition("#")[0]
            if re.match(r"https?://[^/\s]+\.[a-z]+(/|$)", link) or link.startswith("#"):
                continue
            if not target or not _stands(script.file.parent, target):
                yield problem(_where(script, line), f"nothing is at '{link}'", "mend the link, or create its target")


def _stands(folder: Path, target: str) -> bool:
    """Is there such a file, or a source that it is built from? `figures/rnn.en.svg` comes from `figures/rnn.py`."""
    path = folder / target
    source = re.sub(r"\.(en|fr)\.(svg|ipynb)$", ".py", path.name)
    return path.exists() or path.with_name(source).exists()


def _where(script: Script, line: int) -> Location:
    return Location(shown(script.file), line)
