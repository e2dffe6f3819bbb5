"""The commands `autograder quiz …`.

Each parses, calls one use case and shows what came back; exit codes are those of `cli`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from autograder.entry.arguments import (
    Book,
    Json,
    Lang,
    Out,
    day_and_minute,
    gradebook_place,
    isolation_tier,
    open_course,
    said_language,
)
from autograder.entry.console import Exit, err, out, plain, print_json, print_table, read_line
from autograder.types import LANGUAGES, Language

quiz_app = typer.Typer(no_args_is_help=True, help="Write quizzes, check them, take them, mark what comes back.")

Ids = Annotated[
    list[str] | None, typer.Argument(metavar="[QUIZ]...", help="Ids, or YAML files; all of quizzes/ if none is named.")
]


@quiz_app.command("list")
def list_(json: Json = False, lang: Lang = "en") -> None:
    """The course's quizzes with their points and dates."""
    from autograder.usecases.list_course import listed_quizzes, quizzes_document

    course, said = open_course(), said_language(lang)
    found = listed_quizzes(course)
    if json:
        print_json({"version": 1, "quizzes": quizzes_document(found, said)})
        return
    print_quizzes(found, said)


@quiz_app.command()
def check(
    ids: Ids = None,
    isolation: Annotated[
        str, typer.Option("--isolation", help="auto, 1, 2, 3, or none: where the code of questions runs.")
    ] = "auto",
    json: Json = False,
) -> None:
    """Is a quiz itself right: its file, both languages, its variants, its key, and what its code prints."""
    from autograder.usecases.quizzes.check import as_document, chosen, rows
    from autograder.usecases.quizzes.check import check as use

    root = open_course().root
    done = use(root, chosen(root, ids or []), lambda: isolation_tier(isolation))
    if json:
        print_json(as_document(done))
    else:
        columns = ("quiz", "questions", "types", "variants", "guessing", "longest", "problems")
        print_table("Quizzes", columns, rows(done), right=range(1, 7))
    for each in done:
        for line in each.problems:
            err.print(f"[red]problem[/red] {plain(line, lines=True)}", soft_wrap=True)
    if any(each.problems for each in done):
        raise typer.Exit(Exit.NO)
    if not json:
        out.print(f"{len(done)} quizzes, no problem.")


def print_quizzes(found: Any, said: Any) -> None:
    """The table of a course's quizzes."""
    rows = [
        (each.id, each.title.say(said), each.mode, each.questions, f"{each.points:g}", day_and_minute(each.due))
        for each in found
    ]
    print_table("", ("quiz", "title", "mode", "questions", "points", "due"), rows, right=(3, 4))


@quiz_app.command()
def take(
    quiz: Annotated[str, typer.Argument(metavar="QUIZ", help="An id, a YAML file, or a file that was handed out.")],
    lang: Lang = "en",
    student: Annotated[
        str, typer.Option("--student", help="Name or number you are enrolled under; asked for when it is needed.")
    ] = "",
    out_: Annotated[Path, typer.Option("--out", help="Where the file to hand in is written.")] = Path("answers"),
    json: Json = False,
) -> None:
    """Take a quiz here: practice answers at once; a graded one, or a survey, writes the file to hand in."""
    from autograder.entry.asking import Terminal
    from autograder.entry.taking import as_document
    from autograder.entry.taking import take as use
    from autograder.usecases.quizzes.take import begin

    opened, attempt = begin(Path.cwd(), quiz, student, out_)
    console = err if json else out
    done = use(Terminal(console, read_line(console), said_language(lang)), opened, out_, student, attempt)
    if json:
        print_json(as_document(opened, done))
    if not done.marks and done.file is None:
        raise typer.Exit(Exit.NO)


@quiz_app.command()
def mark(
    folder: Annotated[
        Path | None,
        typer.Argument(help="Response files: <student>/….json; what was handed in before is marked again without it."),
    ] = None,
    quiz: Annotated[list[str] | None, typer.Option("--quiz", help="Only this quiz; may be repeated.")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Show old and new marks; write nothing.")] = False,
    regrade: Annotated[
        bool, typer.Option("--regrade", help="Also change marks given before, where the quiz was changed since.")
    ] = False,
    gradebook: Book = None,
    json: Json = False,
) -> None:
    """Mark what was handed in, into the gradebook; essays wait in a file for a person."""
    from autograder.adapters.gradebook import Gradebook
    from autograder.usecases.quizzes import mark as use

    course = open_course()
    with Gradebook.open(gradebook_place(course, gradebook)) as book:
        marking = use.prepare(course, folder, book, quiz or [])
        held = bool(marking.by_key) and not regrade
        written = not preview and not held
        counted = use.carry_out(course, marking, book) if written else {}
    if json:
        print_json(use.as_document(marking, counted, written))
    else:
        _print_marking(marking, counted, written)
    for line in marking.refused:
        err.print(f"[yellow]look[/yellow] {plain(line)}", soft_wrap=True)
    if held and not preview:
        count = len(marking.by_key)
        err.print(
            f"The quiz was changed: marks of {count} students would change, so nothing was written. "
            "Remedy: look at old and new, then run this again with --regrade."
        )
        raise typer.Exit(Exit.NO)
    if marking.refused or any(each.new.status != "graded" for each in marking.changes):
        raise typer.Exit(Exit.LOOK)


@quiz_app.command()
def export(
    ids: Ids = None,
    format_: Annotated[
        str,
        typer.Option("--format", help="student; moodle, gift, qti12 (Canvas), qti3; or schema, for editors"),
    ] = "student",
    out_: Out = Path("build/quizzes"),
    student: Annotated[
        list[str] | None, typer.Option("--student", help="A student who gets values of their own; may be repeated.")
    ] = None,
    students: Annotated[
        Path | None, typer.Option("--students", help="A file with the name of one student per line.")
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="For other programs: en or fr; both if not given.")] = None,
    variants: Annotated[
        int, typer.Option("--variants", min=1, max=100, help="For other programs: how many variants to draw from.")
    ] = 10,
    json: Json = False,
) -> None:
    """Write quizzes for students (without keys unless for practice), for other programs, or their JSON Schema."""
    from autograder.adapters.quizzes.exchange.formats import FORMATS
    from autograder.usecases.quizzes import exchange as other
    from autograder.usecases.quizzes.hand_out import hand_out, read_names, write_schema

    if format_ not in ("schema", "student", *FORMATS):
        raise typer.BadParameter(f"format '{format_}' is not one of student, {', '.join(FORMATS)}, schema")
    course = open_course()
    if format_ in FORMATS:
        languages: list[Language] = [said_language(lang)] if lang else list(LANGUAGES)
        _print_exchange(other, other.export(course, ids or [], format_, languages, variants, out_), format_, json)
        return
    if format_ == "schema":
        files = [write_schema(course)]
    else:
        names = [*(student or []), *(read_names(students) if students else [])]
        files = hand_out(course, ids or [], names, out_)
    if json:
        print_json({"version": 1, "format": format_, "files": [str(path) for path in files]})
    else:
        for path in files:
            out.print(plain(path), soft_wrap=True)


@quiz_app.command("import")
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE [FRENCH_FILE]", help="What another program exported; in two languages, two."),
    ],
    format_: Annotated[str, typer.Option("--format", help="moodle, gift, qti12 (Canvas) or qti3")],
    out_: Annotated[Path, typer.Option("--out", help="The quiz file to write: quizzes/<id>.yaml")],
    json: Json = False,
) -> None:
    """Bring in a quiz from another program: a quiz file, what did not come along, and what is still to be written."""
    from autograder.adapters.quizzes.exchange.formats import FORMATS
    from autograder.usecases.quizzes import exchange as other

    if format_ not in FORMATS:
        raise typer.BadParameter(f"format '{format_}' is not one of {', '.join(FORMATS)}")
    if len(files) > 2:
        raise typer.BadParameter("name one file, or the English one and the French one")
    done = other.bring_in(files, format_, out_)
    if json:
        print_json(other.import_document(done))
    else:
        out.print(plain(done.file), soft_wrap=True)
        print_table("What did not come along", ("question", "how", "what"), other.loss_rows(done.losses))
    for line in done.problems:
        err.print(f"[yellow]to complete[/yellow] {plain(line, lines=True)}", soft_wrap=True)
    if done.problems:
        raise typer.Exit(Exit.LOOK)


def _print_exchange(other: Any, done: Any, format_: str, json: bool) -> None:
    if json:
        print_json(other.as_document(done, format_))
        return
    for each in done:
        for path in each.files:
            out.print(plain(path), soft_wrap=True)
    print_table("What is lost", ("quiz", "question", "how", "what"), other.rows(done))


def _print_marking(marking: Any, counted: Any, written: bool) -> None:
    rows = [
        (
            each.quiz,
            each.new.student,
            f"{each.old.score:g}" if each.old else "-",
            f"{each.new.score:g}",
            f"{each.new.max_score:g}",
            each.new.status.value.replace("_", " "),
            each.why,
        )
        for each in marking.changes
        if each.differs or not written
    ]
    columns = ("quiz", "student", "old", "new", "of", "status", "why")
    print_table("Marks" if written else "Marks, not written", columns, rows, right=(2, 3, 4))
    unchanged = sum(not each.differs for each in marking.changes)
    out.print(f"{len(marking.attempts)} attempts are new, {unchanged} marks unchanged.")
    for queue in marking.queues:
        if queue.missing:
            out.print(f"{queue.missing} essays of '{queue.quiz.id}' wait for points in {plain(queue.place)}")
    for id, count in counted.items():
        out.print(f"{count} answers to the survey '{plain(id)}' counted; their files are deleted.")
