"""The commands that bring work in: `submit` for students, `collect` and `receipt` for instructors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.entry.arguments import Json, RosterFile, open_course, roster_of, said_language
from autograder.entry.console import Exit, err, out, plain, print_json


def submit(
    path: Annotated[Path, typer.Argument(help="Your file or its folder.")] = Path(),
    to: Annotated[Path | None, typer.Option("--to", help="Drop folder; the course's, if it has one.")] = None,
    student: Annotated[str, typer.Option("--student", help="Your name or id, as your instructor knows it.")] = "",
    json: Json = False,
    lang: str = typer.Option("", "--lang", help="Language of what is said: en or fr."),
) -> None:
    """Hand in your own work: one archive with its fingerprint; the signed receipt follows when it is collected."""
    from autograder.language import language
    from autograder.usecases.submit import as_document
    from autograder.usecases.submit import submit as use

    said = said_language(lang) if lang else language()
    done = use(path, to, student, said)
    if json:
        print_json(as_document(done, said))
        return
    french = said == "fr"
    for note in done.notes:
        out.print(f"[yellow]•[/yellow] {plain(note.say(said))}", soft_wrap=True)
    if french:
        head = f"{done.file}, pour {done.assignment}, au nom de {done.student}"
        print_ = "Empreinte de votre fichier\u00a0: "
        told = (
            "Rendu. Le reçu signé apparaîtra à côté de l'archive, quand le travail aura été relevé\u00a0:"
            if done.dropped
            else "Pas encore rendu\u00a0: envoyez cette archive comme votre enseignant l'a demandé\u00a0:"
        )
    else:
        head = f"{done.file}, for {done.assignment}, as {done.student}"
        print_ = "Fingerprint of your file: "
        told = (
            "Handed in. The signed receipt will appear beside the archive once it is collected:"
            if done.dropped
            else "Not handed in yet: send this archive the way your instructor asked for:"
        )
    out.print(plain(head), soft_wrap=True)
    out.print(print_ + done.sha256, soft_wrap=True)
    out.print(told)
    out.print(plain(done.archive), soft_wrap=True)


def collect(
    source: Annotated[
        Path,
        typer.Argument(
            help="A folder, .zip or .tar.gz: by student or by assignment, a drop folder, an nbgrader exchange, a "
            "download from Moodle, Canvas or Gradescope, or GitHub Classroom clones."
        ),
    ],
    into: Annotated[Path, typer.Option("--into", help="Where work is kept: <student>/<assignment>/.")] = Path(
        "submitted"
    ),
    kind: Annotated[
        str,
        typer.Option(
            "--from",
            help="What the source is, where it cannot be seen: folders, dropped, nbgrader, moodle, canvas, "
            "gradescope, classroom.",
        ),
    ] = "",
    assignment: Annotated[
        str, typer.Option("--assignment", help="Whose work a download is, where its file names do not say.")
    ] = "",
    roster: RosterFile = None,
    json: Json = False,
) -> None:
    """Bring in handed-in work."""
    from autograder.usecases.collect import Options, as_document
    from autograder.usecases.collect import collect as use

    brought = use(open_course(), source, into, Options(kind, assignment, roster_of(roster)))
    if json:
        print_json(as_document(brought))
    else:
        out.print(
            f"{brought.kind.title}: {len(brought.taken)} taken in, {len(brought.same)} already there, "
            f"{len(brought.unmatched)} to look at."
        )
        if brought.receipts:
            out.print(f"{len(brought.receipts)} receipts signed.")
        if brought.aside is not None:
            out.print(
                f"Unmatched work is kept in {plain(brought.aside)}; collect that folder once the roster is right."
            )
    for each in brought.unmatched:
        err.print(f"[yellow]look[/yellow] {plain(each)}", soft_wrap=True)
    if brought.unmatched:
        raise typer.Exit(Exit.LOOK)


def receipt(
    files: Annotated[list[Path], typer.Argument(help="Receipts that students show.")],
    json: Json = False,
) -> None:
    """Is a receipt one that this course signed? Exit 1 when one is not."""
    from autograder.adapters.course import secret
    from autograder.adapters.receipt import as_document, read_receipt

    key = secret(open_course().root)
    read = [(file, read_receipt(file, key)) for file in files]
    if json:
        print_json({"version": 1, "receipts": [as_document(str(file), each) for file, each in read]})
    else:
        for file, each in read:
            if each is None:
                out.print(f"[red]✗[/red] {plain(file)}: not signed by this course, or changed since", soft_wrap=True)
            else:
                facts = f"{each.student}, {each.assignment}, {each.file}, {each.received_at:%Y-%m-%d %H:%M:%S} UTC"
                out.print(f"[green]✓[/green] {plain(file)}: {plain(facts)}, {each.sha256}", soft_wrap=True)
    if not all(each for _, each in read):
        raise typer.Exit(Exit.NO)
