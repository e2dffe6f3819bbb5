"""Lines of solutions and hidden suites that no student may be given, looked for in what is about to be released.

Covers whole lines, of one assignment or of all. Does not cover names and constants, nor what a message or a process
gives away: `validate.silent` looks for those.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.adapters.authoring import read_script
from autograder.adapters.script_rules import hidden_lines, solution_lines
from autograder.adapters.yaml_file import shown
from autograder.errors import Location, problem
from autograder.types import Assignment


@dataclass(frozen=True)
class Secret:
    """A line that no release may hold, where it stands, and a word that every text holding it has."""

    line: str
    place: Location
    source: str
    word: str


def secrets_of(assignment: Assignment) -> list[Secret]:
    """The telling lines of its solution and of its hidden suite. Raises CourseError."""
    script = read_script(assignment)
    files = {script.file: solution_lines(script)}
    if assignment.suite.is_file():
        files[assignment.suite] = hidden_lines(assignment.suite)
    return [
        Secret(line, Location(shown(file), number), f"{file.parent.name}/{file.name}", _inner_word(line))
        for file, lines in files.items()
        for line, number in lines.items()
    ]


def leaks(files: Iterable[tuple[str, Path]], secrets: Sequence[Secret]) -> list[str]:
    """A problem per secret line and file, given with its name, in which it stands; each once."""
    found: dict[str, None] = {}
    for name, file in files:
        public = " ".join(public_text(file).split())
        words = {"", *public.split()}
        for secret in secrets:
            if secret.word in words and secret.line in public:
                what = f"'{secret.line}' of {secret.source} would reach students in {name}"
                found[problem(secret.place, what, "reword one of the two")] = None
    return list(found)


def public_text(file: Path) -> str:
    """What a person reads in a file: of a notebook, its cells; of a file that is no text, what of it is."""
    text = file.read_text(encoding="utf-8", errors="replace")
    if file.suffix == ".ipynb":
        return "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
    return text


def _inner_word(line: str) -> str:
    """The longest word between two others, or "": around the first and the last, letters may stand in a text."""
    return max(line.split()[1:-1], key=len, default="")
