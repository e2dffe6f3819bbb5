"""The command `regrade`: what would change for whom and why, and then, unless it is a preview, the change itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from autograder.entry.arguments import (
    PROCESSORS,
    Book,
    Fresh,
    Isolation,
    Json,
    Lang,
    Slugs,
    Students,
    Submitted,
    Workers,
    gradebook_place,
    isolation_tier,
    open_course,
    said_language,
    slugs_of,
)
from autograder.entry.console import Exit, GradingBar, out, print_errors, print_json, print_table


def regrade(
    slugs: Slugs = None,
    submitted: Submitted = Path("submitted"),
    student: Students = None,
    preview: Annotated[bool, typer.Option("--preview", help="Show what would change, and write nothing.")] = False,
    workers: Workers = PROCESSORS,
    isolation: Isolation = "auto",
    fresh: Fresh = False,
    gradebook: Book = None,
    json: Json = False,
    lang: Lang = "en",
) -> None:
    """Grade what has changed again; shows old and new score and the reason for each student."""
    course, said = open_course(), said_language(lang)
    names = slugs_of(course, slugs)

    from autograder.adapters.gradebook import Gradebook
    from autograder.usecases import regrade as use
    from autograder.usecases.grade import Options

    options, bar = Options(isolation_tier(isolation), workers, tuple(student or ()), fresh), GradingBar()
    with Gradebook.open(gradebook_place(course, gradebook)) as book:
        with bar.shown():
            proposal = use.propose(course, names, submitted, book, options, bar)
        if not preview:
            proposal.write(book)
    if json:
        print_json(use.as_document(proposal, said, written=not preview))
    else:
        _print_changes(proposal, said, preview)
    if proposal.run.problems:
        print_errors(proposal.run.problems)
        raise typer.Exit(Exit.WRONG)
    if any(each.new.status != "graded" for each in proposal.changes):
        raise typer.Exit(Exit.LOOK)


def _print_changes(proposal: Any, said: Any, preview: bool) -> None:
    rows = [
        (
            each.new.student,
            each.new.assignment,
            f"{each.old.score:g}" if each.old else "-",
            f"{each.new.score:g}",
            each.new.status.value.replace("_", " "),
            "; ".join(reason.say(said) for reason in each.reasons),
        )
        for each in proposal.changes
    ]
    if rows:
        print_table("Regrade", ("student", "assignment", "old", "new", "status", "reason"), rows, right=(2, 3))
    moved = sum(each.old is not None and each.old.score != each.new.score for each in proposal.changes)
    done = "nothing was written (preview)" if preview else "written"
    out.print(f"{len(rows)} graded again, {moved} scores change, {proposal.run.unchanged} stand; {done}.")
