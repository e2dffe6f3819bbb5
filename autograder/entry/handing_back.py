"""The command that gives grades out: `export`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from autograder.entry.arguments import (
    Book,
    Json,
    RosterFile,
    Slugs,
    newest_grades,
    open_course,
    roster_of,
    said_language,
    slugs_of,
)
from autograder.entry.console import Exit, err, out, plain, print_json
from autograder.errors import CourseError


def export(
    slugs: Slugs = None,
    format_: Annotated[str, typer.Option("--format", help="csv, moodle, canvas, gradescope, junit")] = "csv",
    out_: Annotated[
        Path | None, typer.Option("--out", help="File to write, or folder for gradescope; stdout if not given.")
    ] = None,
    roster: RosterFile = None,
    worksheet: Annotated[
        Path | None,
        typer.Option("--worksheet", help="Moodle's grading worksheet or Canvas' gradebook, to be filled in."),
    ] = None,
    bundle: Annotated[
        bool, typer.Option("--bundle", help="With gradescope: the autograder of one assignment, a zip to upload.")
    ] = False,
    wheels: Annotated[
        Path | None, typer.Option("--wheels", help="With --bundle: wheels to install from, for want of a network.")
    ] = None,
    visibility: Annotated[
        str, typer.Option("--visibility", help="With gradescope: hidden, after_due_date, after_published or visible.")
    ] = "visible",
    gradebook: Book = None,
    json: Json = False,
    lang: Annotated[str, typer.Option("--lang", help="Language of comments; the course's if not given.")] = "",
) -> None:
    """Export grades, or an autograder for Gradescope."""
    from autograder.usecases import export as use

    if bundle:
        _bundle(slugs, format_, out_, wheels, visibility, json)
        return
    course, grades = newest_grades(gradebook)
    named = tuple(slugs_of(course, slugs)) if slugs else ()
    options = use.Options(roster_of(roster), named, said_language(lang) if lang else course.language)
    if format_ == "gradescope" and out_ is not None:
        files = use.write_results(grades, out_, visibility, options)
        if json:
            print_json({"version": 1, "format": format_, "files": [str(file) for file in files]})
        else:
            out.print(f"{len(files)} results in {plain(out_)}")
        return
    told: tuple[str, ...] = ()
    if worksheet is not None:
        filled = use.fill(course, grades, format_, worksheet, options)
        text, told = filled.text, filled.told
    else:
        text = use.export(course, grades, format_, options)
    if out_ is not None:
        from autograder.adapters.pages.folders import write_whole

        write_whole(out_, text)
        err.print(f"{len(grades)} grades in {plain(out_)}")
    if json:
        document = {"version": 1, "format": format_, "out": str(out_) if out_ else None, "text": text}
        print_json({**document, "told": list(told)})
    elif out_ is None:
        sys.stdout.write(text)
    for each in told:
        err.print(f"[yellow]look[/yellow] {plain(each)}", soft_wrap=True)
    if told:
        raise typer.Exit(Exit.LOOK)


def _bundle(
    slugs: list[str] | None, format_: str, out_: Path | None, wheels: Path | None, visibility: str, json: bool
) -> None:
    from autograder.adapters.course import load_assignment
    from autograder.adapters.exports.bundle import write_bundle
    from autograder.adapters.exports.gradescope import visibility as known

    if format_ != "gradescope" or len(slugs or ()) != 1:
        raise CourseError(
            "--bundle makes the autograder of one assignment. "
            "Remedy: write: autograder export --format gradescope --bundle SLUG."
        )
    course = open_course()
    (slug,) = slugs_of(course, slugs)
    target = out_ or Path("build") / f"gradescope-{slug}.zip"
    names = write_bundle(course, load_assignment(course, slug), target, known(visibility), wheels)
    if json:
        print_json({"version": 1, "format": format_, "out": str(target), "files": names})
    else:
        out.print(
            f"{plain(target)}: upload it as the autograder of {slug}. It holds the hidden suite: keep it as safe."
        )
