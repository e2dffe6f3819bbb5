"""The command `check`: the public checks on a student's own work, once, or each time it is saved."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from autograder.entry.arguments import Json, Lang, said_language
from autograder.entry.console import Exit, out, plain, print_errors, print_json, readable
from autograder.errors import SubmissionError

_MARKS = {
    "passed": "[green]✓[/green]",
    "failed": "[red]✗[/red]",
    "crashed": "[red]![/red]",
    "limit": "[red]…[/red]",
}


def check(
    path: Annotated[Path, typer.Argument(help="Your file or its folder.")] = Path(),
    watch: Annotated[bool, typer.Option("--watch", help="Check again each time you save; end with Ctrl-C.")] = False,
    json: Json = False,
    lang: Lang = "",
) -> None:
    """Run the public checks on your own work, at once."""
    from autograder.language import language
    from autograder.usecases.check import as_document, check_work

    said = said_language(lang) if lang else language()
    if watch and json:
        raise typer.BadParameter("--watch is for people: leave out --json")
    if watch:
        _watch(path, said)
        return
    done = check_work(path, said)
    if json:
        print_json(as_document(done, said))
    else:
        _print_checked(done, said)
    if not done.all_pass:
        raise typer.Exit(Exit.NO)


def _watch(path: Path, said: Any) -> None:
    """Answers at each save from a process that has imported torch before."""
    from autograder.usecases.check import Runners, check_work, versions

    with Runners(said, ahead=True) as runners:
        try:
            for _ in versions(path):
                began = time.monotonic()
                try:
                    _print_checked(check_work(path, said, runners), said)
                except SubmissionError as error:
                    print_errors(str(error).splitlines())
                out.print(f"[dim]{datetime.now():%H:%M:%S}, {time.monotonic() - began:.2f} s[/dim]\n")
        except KeyboardInterrupt:
            return


def _print_checked(done: Any, said: Any) -> None:
    from autograder.usecases.check import summary

    for note in done.notes:
        out.print(f"[yellow]•[/yellow] {plain(note.say(said))}", soft_wrap=True)
    for each in done.groups:
        title = plain(each.title.say(said))
        out.print(f"{_MARKS[each.outcome.value]} {title} [dim]({each.max_points:g} points)[/dim]")
        if each.message.say(said):
            out.print(f"    {readable(each.message.say(said))}", soft_wrap=True)
        if each.hint.say(said):
            word = "Hint:" if said == "en" else "Indice :"
            out.print(f"    [cyan]{word}[/cyan] {readable(each.hint.say(said))}", soft_wrap=True)
    out.print(f"\n{summary(done, said)}")
