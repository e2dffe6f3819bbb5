"""The roster: who is in the class, and by which names and ids other systems know them.

Covers reading `roster.csv` and finding the one student that a source speaks of, with letter case, accents and the order
of names left aside. Never guesses: two students who fit are none. Does not cover enrolling.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from autograder.adapters.deliveries.delivery import Who
from autograder.adapters.student_name import shown, why_no_student
from autograder.adapters.untrusted_file import Unreadable, as_text, read_regular
from autograder.adapters.yaml_file import shown as shown_path
from autograder.errors import CourseError, Location, problem

MAX_BYTES = 2**20
IDS = ("student", "login", "email", "sid", "github", "canvas", "moodle")
COLUMNS = (*IDS, "name", "aliases", "section")
# Letters that Unicode does not take apart into a plain one and an accent.
_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h"})


@dataclass(frozen=True)
class Enrolled:
    """One line of the roster: the name in the gradebook, ids by column (empty where not known), and names."""

    student: str
    ids: dict[str, str]
    name: str
    aliases: tuple[str, ...]
    section: str


@dataclass(frozen=True)
class Match:
    """Whom a source speaks of, or why that cannot be told."""

    student: str | None
    why: str = ""


@dataclass(frozen=True)
class Roster:
    """The class. `Roster((Enrolled("ada", {…}, "Ada Lovelace", (), ""),)).find(who).student -> "ada"`"""

    enrolled: tuple[Enrolled, ...]

    def find(self, who: Who) -> Match:
        """The student whom an id says, else a name; ids that say two students are told, not weighed."""
        by_id = {student for column, value in who.ids for student in self._with(column, value)}
        if len(by_id) > 1:
            return Match(None, f"its ids are those of {_listed(by_id)}")
        if by_id:
            return Match(by_id.pop())
        by_name = self._named(who)
        if len(by_name) > 1:
            return Match(None, f"the name may be that of {_listed(by_name)}; give one of them an id in the roster")
        if by_name:
            return Match(by_name.pop())
        close = self._close(who)
        return Match(None, "nobody in the roster" + (f"; add the name to 'aliases' if it is {close}" if close else ""))

    def of(self, student: str) -> Enrolled | None:
        """The line of a student, by the name in the gradebook."""
        return next((each for each in self.enrolled if each.student == student), None)

    def _with(self, column: str, value: str) -> set[str]:
        wanted = fold(value)
        return {each.student for each in self.enrolled if each.ids[column] and fold(each.ids[column]) == wanted}

    def _named(self, who: Who) -> set[str]:
        if not words(who.name):
            return set()
        if who.squeezed:
            wanted = "".join(words(who.name))
            return {each.student for each in self.enrolled if wanted in _squeezed(each)}
        return {each.student for each in self.enrolled if sorted(words(who.name)) in _sorted(each)}

    def _close(self, who: Who) -> str:
        known = {" ".join(sorted(words(name))): each for each in self.enrolled for name in _names(each)}
        if who.squeezed:
            known = {squeezed: each for each in self.enrolled for squeezed in _squeezed(each)}
        wanted = "".join(words(who.name)) if who.squeezed else " ".join(sorted(words(who.name)))
        close = get_close_matches(wanted, known, 1, 0.7) if wanted else []
        return f"{shown(known[close[0]].name)} ({shown(known[close[0]].student)})" if close else ""


def fold(text: str) -> str:
    """Text without letter case, accents and blanks around it. `fold(" ÉMILE ") -> "emile"`"""
    # Letters of mathematics have a case only once they are taken apart.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = apart.translate(_LETTERS)
    return "".join(each for each in plain if not unicodedata.combining(each)).strip()


def words(name: str) -> list[str]:
    """The words of a name. `words("O'Neil-Šimić, Ana") -> ["o", "neil", "simic", "ana"]`"""
    return re.findall(r"[^\W_]+", fold(name))


def _names(each: Enrolled) -> Iterable[str]:
    return (name for name in (each.name, *each.aliases) if words(name))


def _sorted(each: Enrolled) -> list[list[str]]:
    return [sorted(words(name)) for name in _names(each)]


def _squeezed(each: Enrolled) -> set[str]:
    """What a name becomes without blanks, whichever of its words come first: Canvas writes `lovelaceada`."""
    parts = [words(name) for name in _names(each)]
    return {"".join(name[start:] + name[:start]) for name in parts for start in range(len(name))}


def _listed(students: Iterable[str]) -> str:
    return " and ".join(shown(each) for each in sorted(students))


def read_roster(path: Path) -> Roster:
    """Reads a roster in UTF-8, with commas or semicolons. Raises CourseError with every problem found."""
    file = shown_path(path)
    try:
        text = as_text(read_regular(path, MAX_BYTES), path.name)
    except Unreadable as error:
        remedy = "save it as CSV in UTF-8, with a first line of column names"
        raise CourseError(problem(Location(file), str(error).rstrip("."), remedy)) from None
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise CourseError(problem(Location(file), f"not CSV ({error})", "save it again as CSV")) from None
    lines = [(number, [cell.strip() for cell in row]) for number, row in enumerate(rows, 1) if any(map(str.strip, row))]
    columns = [fold(cell) for cell in lines[0][1]] if lines else []
    problems = _wrong_columns(file, columns)
    if problems:
        raise CourseError(problems)
    enrolled = []
    for number, row in lines[1:]:
        cells = dict(zip(columns, [*row, *[""] * len(columns)], strict=False))
        student = cells["student"]
        if len(row) > len(columns):
            problems.append(problem(Location(file, number), "more cells than columns", "quote cells that hold commas"))
        elif (why := why_no_student(student)) is not None:
            problems.append(problem(Location(file, number), f"student {shown(student)} {why}", "write another name"))
        else:
            aliases = tuple(each.strip() for each in cells.get("aliases", "").split("|") if each.strip())
            ids = {column: cells.get(column, "") for column in IDS}
            enrolled.append(Enrolled(student, ids, cells.get("name", ""), aliases, cells.get("section", "")))
    problems += _doubled(file, enrolled)
    if problems:
        raise CourseError(problems)
    return Roster(tuple(enrolled))


def _wrong_columns(file: str, columns: list[str]) -> list[str]:
    where = Location(file, 1)
    problems = []
    if "student" not in columns:
        problems.append(problem(where, "no column 'student'", "add the name of each student in the gradebook"))
    for column in dict.fromkeys(columns):
        if columns.count(column) > 1:
            problems.append(problem(where, f"column '{shown(column)}' stands twice", "keep one of them"))
        if column not in COLUMNS:
            close = get_close_matches(column, COLUMNS, 1)
            remedy = f"write '{close[0]}'" if close else f"remove it; the columns are {', '.join(COLUMNS)}"
            problems.append(problem(where, f"unknown column '{shown(column)}'", remedy))
    return problems


def _doubled(file: str, enrolled: list[Enrolled]) -> list[str]:
    problems = []
    for column in IDS:
        known: dict[str, str] = {}
        for each in enrolled:
            value = fold(each.ids[column])
            if value in known:
                what = (
                    f"{column} {shown(each.ids[column])} is that of {shown(known[value])} and of {shown(each.student)}"
                )
                problems.append(problem(Location(file), what, "give each student one of their own"))
            elif value:
                known[value] = each.student
    return problems
