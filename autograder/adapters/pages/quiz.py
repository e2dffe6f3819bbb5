"""A quiz as a page that needs no network, and as the form that a notebook shows.

Covers both languages, every type, several variants of a practice quiz, and what the page's script needs. The page of a
graded quiz or survey is made from a `StudentQuiz`, which has no field for an answer. Does not cover files.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from autograder.adapters.pages import page
from autograder.adapters.pages.markdown_html import to_html
from autograder.adapters.pages.prose import to_plain
from autograder.adapters.pages.quiz_key import Key, page_key
from autograder.adapters.pages.wording import percent
from autograder.pure.quizzes.grading import lesson_hint
from autograder.pure.quizzes.key import key_answer
from autograder.pure.quizzes.marking import mark
from autograder.pure.quizzes.release import student_question
from autograder.pure.quizzes.said import in_words
from autograder.pure.quizzes.units import spelled
from autograder.quiz_types import (
    Columns,
    Drawing,
    Gap,
    Gaps,
    Grid,
    Line,
    Listing,
    Mark,
    Matrix,
    Options,
    Pile,
    Question,
    Quiz,
    Sheet,
    StudentBody,
    StudentQuestion,
    StudentQuiz,
    Targets,
)
from autograder.types import NOTHING, Language, Text

_KINDS: dict[type[Any], tuple[str, str]] = {
    # how the question is shown, and how its answer is read
    Options: ("options", "pick"),
    Line: ("line", "line"),
    Sheet: ("sheet", "line"),
    Gaps: ("gaps", "slots"),
    Columns: ("columns", "slots"),
    Pile: ("pile", "order"),
    Matrix: ("matrix", "pick"),
    Listing: ("listing", "pick"),
    Drawing: ("drawing", "pick"),
}
_VIEW_BOX = re.compile(r"viewBox\s*=\s*[\"']\s*([-\d.eE+]+)[\s,]+([-\d.eE+]+)[\s,]+([-\d.eE+]+)[\s,]+([-\d.eE+]+)")


@dataclass(frozen=True)
class Practice:
    """A practice quiz, settled, that a page marks by itself: one of the variants it offers."""

    paper: StudentQuiz
    quiz: Quiz


def page_of(paper: StudentQuiz, language: Language, elsewhere: str = "") -> str:
    """The page of a graded quiz or a survey, without any key; `elsewhere` is its file in the other language."""
    return _page([paper], None, language, elsewhere)


def practice_page(variants: Sequence[Practice], language: Language, elsewhere: str = "") -> str:
    """The page of a practice quiz, which marks by itself; questions with parameters can be had in every variant."""
    keys = [
        {
            question.id: solved(question, each.quiz, language)
            for question in each.quiz.questions
            # What is not drawn is the same in every variant.
            if number == 0 or question.id in each.paper.drawn
        }
        for number, each in enumerate(variants)
    ]
    return _page([each.paper for each in variants], keys, language, elsewhere)


def form_of(paper: StudentQuiz, language: Language, uid: str, student: str = "") -> str:
    """The form alone, for a notebook; `uid` begins the ids in it."""
    practice = paper.mode == "practice"
    values = _values([paper], practice, language, uid)
    return page.fill("quiz_form.html.j2", language, **values, student=student, numbered=False, heading=True)


def script(name: str) -> str:
    """The script of a face. `script("quiz_widget.js")`: what both share, then its own."""
    return str(page.asset("quiz.js", name))


def widget_style() -> str:
    """The style of the form where the page around it is not ours."""
    return str(page.asset("palette.css").replace(":root", ".quiz") + page.asset("quiz.css"))


def solved(question: Question, quiz: Quiz, language: Language) -> Key:
    """The key of a settled question for the page's script, with the answer in words and why it is right."""

    def lesson(id: str) -> str:
        known = quiz.misconceptions.get(id)
        return str(to_html(lesson_hint(known).say(language), language)) if known else ""

    return {**page_key(question, _say(language), lesson), "solution": solution_document(question, language)}


def solution_document(question: Question, language: Language) -> dict[str, Any]:
    """The answer of a settled question as HTML, empty where none can be told, and the explanations."""
    say, answer = _say(language), key_answer(question)
    if answer is None:
        return {"answer": "", "why": [say(question.why)] if question.why != NOTHING else []}
    words = in_words(student_question(question, None).body, answer)
    return {"answer": say(words), "why": [say(each) for each in mark(question, answer, language).remarks]}


def mark_document(marked: Mark, lesson: Text, language: Language) -> dict[str, Any]:
    """A mark as the form shows it, for a notebook, where the kernel marks."""
    say = _say(language)
    return {
        "credit": marked.credit,
        "answered": marked.answered,
        "points": marked.points,
        "share": percent(marked.credit or 0.0, language),
        "remarks": [say(each) for each in marked.remarks],
        "lesson": say(lesson) if lesson != NOTHING else "",
    }


def _say(language: Language) -> Callable[[Text], str]:
    return lambda text: str(to_html(text.say(language), language))


def _page(papers: Sequence[StudentQuiz], keys: list[dict[str, Key]] | None, language: Language, elsewhere: str) -> str:
    paper = papers[0]
    practice = ["quiz_arithmetic.js", "quiz_marking.js", "quiz_practice.js"]
    return page.fill(
        "quiz.html.j2",
        language,
        **_values(papers, keys is not None, language, "q"),
        kind="feedback",
        title=to_plain(paper.title.say(language), language),
        elsewhere=elsewhere,
        key=keys,
        student="",
        numbered=True,
        heading=False,
        styles=["quiz.css"],
        scripts=["quiz.js", *(practice if keys else ["quiz_hand_in.js"])],
    )


def _values(papers: Sequence[StudentQuiz], practice: bool, language: Language, uid: str) -> dict[str, Any]:
    """What the form's template needs."""
    paper = papers[0]
    response = {
        "quiz": paper.id,
        "mode": paper.mode,
        "edition": paper.edition,
        "student": paper.student,
        "attempt": paper.attempt,
        "drawn": paper.drawn,
    }
    questions = list(_asked(papers, language, uid))
    return {"paper": paper, "response": response, "practice": practice, "questions": questions, "uid": uid}


def _asked(papers: Sequence[StudentQuiz], language: Language, uid: str) -> Iterator[dict[str, Any]]:
    """Every question, and after one that is drawn its other variants."""
    count = len(papers[0].questions)
    for number, question in enumerate(papers[0].questions, 1):
        varies = question.id in papers[0].drawn and len(papers) > 1
        for variant, paper in enumerate(papers if varies else papers[:1]):
            own = next(each for each in paper.questions if each.id == question.id)
            id = f"{uid}-{own.id}-{variant}"
            yield {
                "id": own.id,
                "variant": variant,
                "varies": varies,
                "number": number,
                "count": count,
                "points": own.points,
                "hints": own.hints,
                "body": own.body,
                "prompt": _prompt(own, language, id),
                **_shown(own.body, language),
            }


def _shown(body: StudentBody, language: Language) -> Mapping[str, Any]:
    """How a body is laid out: its kind, and rows of what can be picked or filled in."""
    match body:
        case Grid(boolean=boolean):
            return {"shape": "grid", "kind": "switches" if boolean else "slots", "rows": _grid_rows(body, language)}
        case Targets(picture=picture, many=many):
            shape, kind = _KINDS[type(picture)]
            shown = {"shape": shape, "kind": kind, "input": "checkbox" if many else "radio"}
            if isinstance(picture, Drawing):
                return {**shown, "drawing": _drawing(picture)}
            return {
                **shown,
                "rows": _matrix_rows(picture, language) if isinstance(picture, Matrix) else _lines(picture),
            }
        case _:
            shape, kind = _KINDS[type(body)]
            return {"shape": shape, "kind": kind}


def _grid_rows(grid: Grid, language: Language) -> list[list[dict[str, str]]]:
    width, cells = grid.shape[-1], grid.cells
    flat = len(grid.shape) == 1

    def name(id: str) -> str:
        row, _, column = id.rpartition(",")
        said = Text(f"value {column}", f"valeur {column}") if flat else Text(
            f"row {row}, column {column}", f"ligne {row}, colonne {column}"
        )  # fmt: skip
        return said.say(language)

    return [
        [{"id": id, "name": name(id)} for id in cells[start : start + width]] for start in range(0, len(cells), width)
    ]


def _matrix_rows(matrix: Matrix, language: Language) -> list[list[dict[str, str]]]:
    targets, width = matrix.targets, len(matrix.columns)
    texts = [text for row in matrix.cells for text in row] or [""] * len(targets)
    cells = [
        {"id": each.id, "name": to_plain(each.text.say(language), language), "text": text}
        for each, text in zip(targets, texts, strict=True)
    ]
    return [cells[start : start + width] for start in range(0, len(cells), width)]


def _lines(listing: Listing) -> list[dict[str, str]]:
    lines = listing.code.splitlines()
    return [{"id": each.id, "text": lines[int(each.id) - 1]} for each in listing.targets]


def _drawing(drawing: Drawing) -> dict[str, str]:
    """The SVG as an image, which runs nothing and loads nothing, in the coordinates of its view box."""
    found = _VIEW_BOX.search(drawing.svg)
    x, y, width, height = found.groups() if found else ("0", "0", "100", "100")
    encoded = base64.b64encode(drawing.svg.encode()).decode()
    href = f"data:image/svg+xml;base64,{encoded}"
    return {"view": f"{x} {y} {width} {height}", "x": x, "y": y, "width": width, "height": height, "href": href}


def _prompt(question: StudentQuestion, language: Language, id: str) -> Markup:
    """The prompt, its blanks as fields; a blank that no text can hold, as in a formula, follows it."""
    html = to_html(question.prompt.say(language), language)
    if not isinstance(question.body, Gaps):
        return html
    for number, gap in enumerate(question.body.gaps, 1):
        mark, field = f"{{{{{gap.id}}}}}", _field(gap, number, language)
        html = Markup(html.replace(mark, field)) if mark in html else html + field  # noqa: S704 - both are ours
    return html


def _field(gap: Gap, number: int, language: Language) -> Markup:
    unit = f" ({spelled(gap.unit, language)})" if gap.unit else ""
    name = Text(f"Blank {number}{unit}", f"Blanc {number}{unit}").say(language)
    if not gap.options:
        return Markup('<input type="text" data-slot="{}" aria-label="{}" spellcheck="false">').format(gap.id, name)
    option = Markup('<option value="{}">{}</option>')
    options = [option.format(each.id, to_plain(each.text.say(language), language)) for each in gap.options]
    empty = option.format("", "…")
    return Markup('<select data-slot="{}" aria-label="{}">{}</select>').format(
        gap.id, name, empty + Markup("").join(options)
    )
