"""The command that starts a course: `init`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.entry.arguments import Json
from autograder.entry.console import out, plain, print_json


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or an empty folder.")],
    json: Json = False,
) -> None:
    """Write a new course of your own, with one small assignment that is complete."""
    from autograder.usecases.init_course import NEXT, init_course

    written = init_course(folder)
    if json:
        print_json({"version": 1, "folder": str(folder), "files": [str(path) for path in written], "next": list(NEXT)})
        return
    for path in written:
        out.print(plain(path), soft_wrap=True)
    out.print("Next:", f"    cd {plain(folder)}", *(f"    {each}" for each in NEXT), sep="\n")
