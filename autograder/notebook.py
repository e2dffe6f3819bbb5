"""Quizzes in a notebook: `from autograder.notebook import quiz`, then `quiz("tokenization")`.

Covers a widget where notebooks run widgets, and everywhere else the same by calls of functions: the questions are
printed, `answer` takes Python values. The kernel marks; no key goes to the browser. Does not cover the files' fate.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console

from autograder.adapters.quizzes.documents import answer_of
from autograder.entry.asking import Terminal, list_choices, show
from autograder.entry.taking import tell_solution, tell_verdict
from autograder.errors import SubmissionError
from autograder.pure.quizzes.given import from_python
from autograder.pure.quizzes.said import in_words
from autograder.quiz_types import Answer, StudentQuestion
from autograder.types import Language, Text
from autograder.usecases.quizzes.take import (
    Opened,
    begin,
    lesson_of,
    mark_at_once,
    respond,
    solved_question,
    write_answers,
)

_WIDTH = 100
MIME = "application/vnd.jupyter.widget-view+json"


def quiz(name: str, lang: Language = "en", student: str = "", out: str = "answers") -> NotebookQuiz:
    """A quiz of the course, by its id or file. `quiz("tokenization", lang="fr")`

    As the last line of a cell it shows itself. `out` is where a graded quiz writes the file to hand in. Raises
    CourseError when there is no such quiz, SubmissionError when no attempt is left or `student` is needed.
    """
    opened, attempt = begin(Path.cwd(), name, student, Path(out))
    return NotebookQuiz(opened, attempt, lang, student, Path(out))


class NotebookQuiz:
    """A quiz being taken: a widget, or `answer`, `show_answer` and `hand_in`."""

    def __init__(self, opened: Opened, attempt: int, language: Language, student: str, out: Path) -> None:
        self._opened, self._attempt, self._language = opened, attempt, language
        self._student, self._out = student, out
        self._answers: dict[str, Answer] = {}
        self._widget: Any = None

    def answer(self, question: int | str, value: Any) -> None:
        """Answers a question, named by its number or id; practice is marked at once.

        What can be chosen is named by its number: `answer(1, 2)`, `answer("pos", [1, 3])`; else a text or a number,
        one value per blank, a list per row: `answer("kv", "144 MiB")`, `answer("mask", [[1, 0], [1, 1]])`. Raises
        ValueError, which says what was expected.
        """
        asked = self._question(question)
        given = from_python(asked.body, value)
        self._answers[asked.id] = given
        terminal = self._terminal(sys.stdout)
        if self._opened.answers_at_once:
            tell_verdict(terminal, self._opened, mark_at_once(self._opened, asked.id, given, self._language))
        else:
            kept = terminal.line(in_words(asked.body, given))
            terminal.console.print(f"{Text('Kept:', 'Retenu :').say(self._language)} {kept}")

    def show_answer(self, question: int | str) -> None:
        """Prints the answer of a practice question and why it is right. Raises ValueError for any other quiz."""
        terminal = self._terminal(sys.stdout)
        tell_solution(terminal, self._opened, self._question(question))

    def hand_in(self, student: str = "") -> Path:
        """Writes the answers given so far as the file to hand in; returns where. Raises SubmissionError."""
        return self._written(self._answers, student or self._student)

    def __repr__(self) -> str:
        written = io.StringIO()
        terminal = self._terminal(written)
        terminal.say(self._opened.paper.title, style="bold")
        for number, question in enumerate(self._opened.paper.questions, 1):
            show(terminal, question, number, len(self._opened.paper.questions))
            list_choices(terminal, question)
        terminal.console.print()
        terminal.tell(
            Text(
                "Answer with answer(number, value), where value is the number of a choice, a list of them, or a text.",
                "Répondez par answer(numéro, valeur), où valeur est le numéro d'un choix, une liste, ou un texte.",
            )
        )
        return "\n".join(line.rstrip() for line in written.getvalue().splitlines())

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """The widget for notebooks that run widgets, the text for all others."""
        text = {"text/plain": repr(self)}
        widget = self._shown_widget()
        if widget is None:
            return text
        return {**text, MIME: {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}}

    def _shown_widget(self) -> Any:
        """The widget, made when it is first shown; None where what it needs is not installed."""
        if self._widget is None:
            try:
                from autograder.adapters.quiz_widget import make_widget
            except ImportError:
                return None
            self._widget = make_widget(self._opened.paper, self._language, self._student, self._asked)
        return self._widget

    def _asked(self, kind: str, content: Mapping[str, Any]) -> Any:
        """What the widget is told: a mark, a solution, or where the answers were written."""
        from autograder.adapters.pages.quiz import mark_document, solution_document

        if kind == "finish":
            answers = {id: answer_of(value) for id, value in content["answers"].items()}
            try:
                file = self._written(answers, content["student"] or self._student)
            except SubmissionError as error:
                return str(error)
            return Text(f"Written: {file}. Hand in this file.", f"Écrit : {file}. Remettez ce fichier.").say(
                self._language
            )
        question = self._question(content["question"])
        if kind == "reveal":
            return solution_document(solved_question(self._opened, question.id), self._language)
        given = answer_of(content["answer"]) if content["answer"] is not None else None
        marked = mark_at_once(self._opened, question.id, given, self._language)
        return mark_document(marked, lesson_of(self._opened, marked), self._language)

    def _terminal(self, file: TextIO) -> Terminal:
        # Rich would display each line as an output of its own in a notebook.
        return Terminal(Console(file=file, width=_WIDTH, highlight=False, force_jupyter=False), input, self._language)

    def _written(self, answers: Mapping[str, Answer], student: str) -> Path:
        made = respond(self._opened.paper, answers, self._language, datetime.now(UTC), student, self._attempt)
        return write_answers(made, self._out)

    def _question(self, question: int | str) -> StudentQuestion:
        questions = self._opened.paper.questions
        if isinstance(question, int) and 1 <= question <= len(questions):
            return questions[question - 1]
        found = next((each for each in questions if each.id == question), None)
        if found is None:
            ids = ", ".join(each.id for each in questions)
            raise ValueError(f"no question {question!r}: there are numbers from 1 to {len(questions)}, and {ids}")
        return found
