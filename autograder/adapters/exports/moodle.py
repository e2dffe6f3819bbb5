"""Grades for Moodle: a CSV for its gradebook import, and the offline grading worksheet filled in.

Covers worksheets in English and French, other maxima and decimal commas. A worksheet keeps every cell that is not ours,
for Moodle finds its rows by them. Does not cover uploading.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence

from autograder.adapters.deliveries.delivery import Who
from autograder.adapters.exports import summary
from autograder.adapters.exports.table import Filled, harmless, unformula, written
from autograder.adapters.roster import Roster, fold
from autograder.adapters.student_name import shown
from autograder.errors import CourseError, Location, problem
from autograder.types import Grade, Language, Status

# Moodle's own column names, folded; what is not here stays as it is.
_COLUMNS = {
    "identifier": ("identifier", "identifiant"),
    "name": ("full name", "nom complet"),
    "email": ("email address", "adresse de courriel", "adresse e-mail"),
    "sid": ("id number", "numero d'identification"),
    "login": ("username", "nom d'utilisateur"),
    "grade": ("grade", "note"),
    "maximum": ("maximum grade", "note maximale"),
    "open": ("grade can be changed", "la note peut etre modifiee"),
    "graded": ("last modified (grade)", "derniere modification (note)"),
    "feedback": ("feedback comments", "feedback par commentaires", "commentaires de feedback"),
}
_NEEDED = ("identifier", "grade", "graded")
_CLOSED = ("no", "non")


def gradebook(
    slugs: Sequence[str], titles: Mapping[str, str], grades: Sequence[Grade], roster: Roster, language: Language
) -> str:
    """CSV for Grades > Import: `idnumber`, `email`, then a grade and a feedback column per assignment.

    A grade under review has an empty cell, which Moodle passes over.
    """
    known = {(each.student, each.assignment): each for each in grades}
    rows = [["idnumber", "email", *(cell for slug in slugs for cell in _headings(titles[slug]))]]
    for student in sorted({each.student for each in grades}):
        line = roster.of(student)
        cells = [harmless(line.ids["sid"] if line and line.ids["sid"] else student)]
        cells.append(harmless(line.ids["email"] if line else student if "@" in student else ""))
        for slug in slugs:
            given = known.get((student, slug))
            sure = given is not None and given.status is not Status.NEEDS_REVIEW
            cells += [f"{given.score:g}", harmless(summary.html(given, language))] if given and sure else ["", ""]
        rows.append(cells)
    return written(rows)


def _headings(title: str) -> tuple[str, str]:
    return harmless(title), harmless(f"{title} feedback")


def fill_worksheet(worksheet: str, name: str, grades: Sequence[Grade], roster: Roster, language: Language) -> Filled:
    """The downloaded worksheet of one assignment, with grades and comments in it.

    `worksheet` is its text, `name` what messages call it. Points are scaled to Moodle's maximum. Raises CourseError
    when it is no worksheet.
    """
    mark = "\ufeff" if worksheet.startswith("\ufeff") else ""
    try:
        rows = [
            row for row in csv.reader(io.StringIO(worksheet.removeprefix("\ufeff"), newline=""), strict=True) if row
        ]
    except csv.Error as error:
        what, remedy = f"not CSV ({error})", "download the worksheet again"
        raise CourseError(problem(Location(name), what, remedy)) from None
    places = _places(rows[0] if rows else [], name)
    known = {each.student: each for each in grades}
    told: list[str] = []
    filled = set()
    done = [rows[0]]
    for number, row in enumerate(rows[1:], 2):
        row = row + [""] * (len(rows[0]) - len(row))
        cell = {column: row[place] for column, place in places.items()}
        match = roster.find(_who(cell))
        given = known.get(match.student or "")
        if match.student is None:
            told.append(f"{name}:{number}: {shown(cell.get('name') or cell['identifier'])}: {match.why}")
        elif match.student in filled:
            told.append(f"{name}:{number}: {shown(match.student)} has two rows; the first one is filled in")
        elif given is not None and given.status is Status.NEEDS_REVIEW:
            told.append(f"{name}:{number}: {shown(given.student)}: under review; the row is left as it is")
        elif given is not None and fold(cell.get("open", "")) in _CLOSED:
            told.append(f"{name}:{number}: {shown(given.student)}: the grade cannot be changed, says Moodle")
        elif given is not None:
            row = _fill(row, places, given, language)
        filled |= {match.student} if match.student else set()
        done.append([unformula(each) for each in row])
    without = sorted(each.student for each in grades if each.student not in filled)
    told += [f"{name}: {shown(student)} has a grade and no row" for student in without]
    return Filled(mark + written(done), tuple(told))


def _places(header: Sequence[str], name: str) -> dict[str, int]:
    folded = [fold(each).replace("\u2019", "'") for each in header]
    places = {column: folded.index(each) for column, names in _COLUMNS.items() for each in names if each in folded}
    missing = [column for column in _NEEDED if column not in places]
    if missing:
        expected = ", ".join(f"'{_COLUMNS[column][0]}'" for column in missing)
        what = f"no column {expected} (it has: {', '.join(shown(each) for each in header) or 'none'})"
        remedy = "download the grading worksheet from the assignment, with Moodle in English or in French"
        raise CourseError(problem(Location(name, 1), what, remedy))
    return places


def _who(cell: Mapping[str, str]) -> Who:
    number = re.search(r"\d+$", cell["identifier"])
    ids = [(column, cell[column]) for column in ("sid", "login", "email") if cell.get(column)]
    ids += [("student", value) for _, value in ids]
    ids += [("moodle", number[0])] if number else []
    name = cell.get("name", "")
    return Who(name or cell["identifier"], name, tuple(ids), name)


def _fill(row: Sequence[str], places: Mapping[str, int], given: Grade, language: Language) -> list[str]:
    filled = list(row)
    stated = row[places["maximum"]] if "maximum" in places else ""
    comma = "," in stated
    try:
        top = float(stated.replace(",", ".").replace("\u202f", "").replace("\u00a0", ""))
    except ValueError:
        top = given.max_score
    score = f"{given.score / given.max_score * top:.2f}"
    filled[places["grade"]] = score.replace(".", ",") if comma else score
    if "feedback" in places:
        filled[places["feedback"]] = harmless(summary.html(given, language))
    return filled
