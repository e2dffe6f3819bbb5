"""A quiz taken in a terminal, from the first question to the file that is handed in.

Covers practice, answered at once, and graded quizzes and surveys, which are looked over before they are written. Does
not cover reading one answer (`asking`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.adapters.pages.wording import number, percent, score
from autograder.entry.asking import Terminal, ask, show
from autograder.entry.console import plain
from autograder.pure.quizzes.said import in_words
from autograder.quiz_types import Answer, Mark, StudentQuestion
from autograder.types import NOTHING, Text
from autograder.usecases.quizzes.take import Opened, lesson_of, mark_at_once, respond, solution, write_answers


@dataclass(frozen=True)
class Taken:
    """What came of it: marks in practice, else the file to hand in; neither when it was broken off."""

    marks: tuple[Mark, ...] = ()
    file: Path | None = None


def take(terminal: Terminal, opened: Opened, out: Path, student: str, attempt: int) -> Taken:
    """Asks every question. Raises SubmissionError for a name that cannot be one."""
    paper = opened.paper
    terminal.console.rule(f"[bold]{terminal.line(paper.title)}[/bold]")
    if opened.answers_at_once:
        return Taken(marks=_practise(terminal, opened))
    terminal.tell(_how_it_goes(opened), style="dim")
    answers: dict[str, Answer] = {}
    try:
        for place, question in enumerate(paper.questions, 1):
            show(terminal, question, place, len(paper.questions))
            _keep(answers, question, ask(terminal, question))
        _look_over(terminal, opened, answers)
        if not paper.student and not student and paper.mode != "survey":
            asked = Text("your name or number, as you are enrolled", "votre nom ou numéro d'inscription")
            student = terminal.read(f"{asked.say(terminal.language)}> ").strip()
    except EOFError:
        terminal.tell(Text("Broken off: nothing was written.", "Interrompu : rien n'a été écrit."), style="yellow")
        return Taken()
    made = respond(paper, answers, terminal.language, datetime.now(UTC), student, attempt)
    file = write_answers(made, out)
    where = Text(f"Written: {file}. Hand in this file.", f"Écrit : {file}. Remettez ce fichier.")
    terminal.console.print(plain(where.say(terminal.language)), style="green", soft_wrap=True)
    return Taken(file=file)


def as_document(opened: Opened, taken: Taken) -> dict[str, Any]:
    """The document of `quiz take --json`."""
    paper = opened.paper
    return {
        "version": 1,
        "quiz": paper.id,
        "mode": paper.mode,
        "score": round(sum(each.points for each in taken.marks), 4) if opened.answers_at_once else None,
        "max_score": paper.points,
        "answers": [
            {"question": each.question, "credit": each.credit, "points": each.points, "max_points": each.max_points}
            for each in taken.marks
        ],
        "file": str(taken.file) if taken.file else None,
    }


def _how_it_goes(opened: Opened) -> Text:
    if opened.paper.mode == "survey":
        return Text(
            "Anonymous: neither your name nor the time is kept. Leave out what you like with Enter.",
            "Anonyme : ni votre nom ni l'heure ne sont conservés. Passez une question avec Entrée.",
        )
    return Text(
        "Graded: you look your answers over before they are written. Leave a question out with Enter.",
        "Noté : vous reverrez vos réponses avant qu'elles ne soient écrites. Passez une question avec Entrée.",
    )


def _keep(answers: dict[str, Answer], question: StudentQuestion, answer: Answer | None) -> None:
    """The newest answer; none takes an earlier one back."""
    answers.pop(question.id, None)
    if answer is not None:
        answers[question.id] = answer


def _look_over(terminal: Terminal, opened: Opened, answers: dict[str, Answer]) -> None:
    """Shows all answers, and asks again for those that are to change."""
    questions = opened.paper.questions
    while True:
        terminal.console.print()
        for place, question in enumerate(questions, 1):
            terminal.console.print(f"[bold]{place:>3}[/bold]  {_said(terminal, question, answers)}")
        asked = Text("number to change, Enter to finish", "numéro à modifier, Entrée pour terminer")
        chosen = terminal.read(f"{asked.say(terminal.language)}> ").strip()
        if not chosen:
            return
        if chosen.isascii() and chosen.isdigit() and 1 <= int(chosen) <= len(questions):
            question = questions[int(chosen) - 1]
            show(terminal, question, int(chosen), len(questions))
            _keep(answers, question, ask(terminal, question))


def _said(terminal: Terminal, question: StudentQuestion, answers: Mapping[str, Answer]) -> str:
    if question.id not in answers:
        return f"[yellow]{plain(Text('no answer', 'sans réponse').say(terminal.language))}[/yellow]"
    return terminal.line(in_words(question.body, answers[question.id]))


def _practise(terminal: Terminal, opened: Opened) -> tuple[Mark, ...]:
    marks: dict[str, Mark] = {}
    questions = opened.paper.questions
    try:
        for place, question in enumerate(questions, 1):
            show(terminal, question, place, len(questions))
            _until_done(terminal, opened, question, marks)
    except EOFError:
        terminal.console.print()
    earned = sum(each.points for each in marks.values())
    total = score(earned, sum(each.max_points for each in marks.values()), terminal.language)
    terminal.console.print()
    terminal.console.rule(f"[bold]{plain(total)}[/bold]", align="left")
    return tuple(marks.values())


def _until_done(terminal: Terminal, opened: Opened, question: StudentQuestion, marks: dict[str, Mark]) -> None:
    """Tries until one is right or the answer is asked for; each new try comes with a hint where there is one."""
    hints = iter(question.hints)
    while True:
        marked = mark_at_once(opened, question.id, ask(terminal, question), terminal.language)
        marks[question.id] = marked
        tell_verdict(terminal, opened, marked)
        if marked.credit in (1, None):
            return
        asked = Text("r: try again, Enter: see the answer", "r : réessayer, Entrée : voir la réponse")
        if terminal.read(f"{asked.say(terminal.language)}> ").strip().lower() != "r":
            tell_solution(terminal, opened, question)
            return
        if hint := next(hints, None):
            terminal.tell(Text("Hint:", "Indice :"), style="bold cyan")
            terminal.say(hint, style="cyan")


def tell_verdict(terminal: Terminal, opened: Opened, marked: Mark) -> None:
    """What an answer earned, what there is to say to it, and the lesson that clears up what it shows."""
    if not marked.answered:
        terminal.tell(Text("– Not answered.", "– Sans réponse."), style="yellow")
    elif marked.credit is not None:
        terminal.tell(*_judged(marked, marked.credit, terminal))
    for remark in marked.remarks:
        terminal.say(remark)
    lesson = lesson_of(opened, marked)
    if lesson != NOTHING:
        terminal.say(Text(f"*Misunderstanding:* {lesson.en}", f"*Idée fausse :* {lesson.fr}"), style="yellow")


def _judged(marked: Mark, credit: float, terminal: Terminal) -> tuple[Text, str]:
    if credit == 1:
        return Text("✓ Right.", "✓ Juste."), "bold green"
    if credit == 0:
        return Text("✗ Not right.", "✗ Ce n'est pas juste."), "bold red"
    share, most = percent(credit, terminal.language), number(marked.max_points, terminal.language)
    return Text(f"◐ Partly right: {share} of {most}.", f"◐ En partie juste : {share} de {most}."), "bold yellow"


def tell_solution(terminal: Terminal, opened: Opened, question: StudentQuestion) -> None:
    """The answer of a practice question in words, and why it is right."""
    found = solution(opened, question.id)
    if found.answer != NOTHING:
        terminal.tell(Text("Answer:", "Réponse :"), style="bold")
        terminal.console.print(terminal.line(found.answer), style="bold")
    for why in found.why:
        terminal.say(why)
