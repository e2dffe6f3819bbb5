"""The commands `autograder quiz …`.

Each parses, calls one use case and shows what came back; exit codes are those of `cli`.
"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from autograder.entry.arguments import Json, Lang, day_and_minute, isolation_tier, open_course, said_language
from autograder.entry.console import Exit, err, out, plain, print_json, print_table

quiz_app = typer.Typer(no_args_is_help=True, help="Write quizzes, check them, mark what comes back.")

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
        columns = ("quiz", "questions", "types", "variants", "by guessing", "longest is right", "problems")
        print_table("Quizzes", columns, rows(done), right=(1, 3, 4, 5, 6))
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
