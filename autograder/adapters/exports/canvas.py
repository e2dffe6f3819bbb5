"""Grades for Canvas: a CSV for its gradebook import.

Covers making one from the roster, and filling in the one that Canvas exported, whose columns are named
`Title (number)`: without that number Canvas makes a new assignment. Does not cover uploading.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence

from autograder.adapters.deliveries.delivery import Who
from autograder.adapters.exports.table import Filled, harmless, unformula, written
from autograder.adapters.roster import Roster, fold
from autograder.adapters.student_name import shown
from autograder.errors import CourseError, Location, problem
from autograder.types import Grade, Status

COLUMNS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
POINTS = "    Points Possible"  # as Canvas writes it
_NUMBER = re.compile(r" \(\d+\)$")


def gradebook(slugs: Sequence[str], titles: Mapping[str, str], grades: Sequence[Grade], roster: Roster) -> str:
    """CSV with Canvas' columns and a `Points Possible` row; a grade under review has an empty cell."""
    known = {(each.student, each.assignment): each for each in grades}
    out_of = {each.assignment: each.max_score for each in grades}
    rows = [[*COLUMNS, *(harmless(titles[slug]) for slug in slugs)]]
    rows.append([POINTS, "", "", "", "", *(f"{out_of[slug]:g}" for slug in slugs)])
    for student in sorted({each.student for each in grades}):
        line = roster.of(student)
        ids = line.ids if line else {}
        who = [(line.name if line else "") or student, ids.get("canvas", ""), ids.get("sid", "")]
        who += [ids.get("login") or ids.get("email") or student, line.section if line else ""]
        rows.append([*(harmless(each) for each in who), *(_cell(known.get((student, slug)), "") for slug in slugs)])
    return written(rows)


def fill_export(
    exported: str, name: str, titles: Mapping[str, Sequence[str]], grades: Sequence[Grade], roster: Roster
) -> Filled:
    """Canvas' own export, with its five columns and those of our assignments only, filled in.

    `titles` are the names by which an assignment may go, per slug. `EX` and grades under review stay as they are.
    Raises CourseError when it is no export of Canvas', or has none of our assignments.
    """
    try:
        rows = list(csv.reader(io.StringIO(exported.removeprefix("\ufeff"), newline=""), strict=True))
    except csv.Error as error:
        raise CourseError(problem(Location(name), f"not CSV ({error})", "export the gradebook again")) from None
    header = rows[0] if rows else []
    missing = [column for column in COLUMNS if column not in header and column not in ("SIS User ID", "SIS Login ID")]
    if missing:
        what, remedy = f"no column {', '.join(missing)}", "export the gradebook from Canvas, with Canvas in English"
        raise CourseError(problem(Location(name, 1), what, remedy))
    ours = {slug: place for slug in titles for place in [_column(header, titles[slug])] if place is not None}
    if not ours:
        listed = " or ".join(f"'{names[0]}'" for names in titles.values())
        what, remedy = f"no column called {listed}", "give the assignment in Canvas this title"
        raise CourseError(problem(Location(name, 1), what, remedy))
    kept = [header.index(column) for column in COLUMNS if column in header]
    known = {(each.student, each.assignment): each for each in grades}
    told = [f"{name}: no column for {slug}; its grades are left out" for slug in titles if slug not in ours]
    done = [[header[place] for place in [*kept, *ours.values()]]]
    seen: set[str] = set()
    for number, row in enumerate(rows[1:], 2):
        row = row + [""] * (len(header) - len(row))
        line = [row[place] for place in kept]
        if "points possible" in fold(row[header.index("Student")]):
            done.append([*line, *(row[place] for place in ours.values())])
            told += _other_maxima(name, number, row, ours, grades)
            continue
        if not any(row):
            continue
        match = roster.find(_who(header, row))
        if match.student is None:
            told.append(f"{name}:{number}: {shown(row[header.index('Student')])}: {match.why}")
            continue
        seen.add(match.student)
        cells = [_cell(known.get((match.student, slug)), row[place]) for slug, place in ours.items()]
        done.append([*(unformula(each) for each in line), *cells])
    without = sorted({each.student for each in grades if each.assignment in ours} - seen)
    told += [f"{name}: {shown(student)} has a grade and no row" for student in without]
    return Filled(written(done), tuple(told))


def _cell(given: Grade | None, before: str) -> str:
    if given is None or given.status is Status.NEEDS_REVIEW or before.strip() == "EX":
        return before
    return f"{given.score:g}"


def _column(header: Sequence[str], titles: Sequence[str]) -> int | None:
    wanted = {fold(title) for title in titles}
    found = [place for place, column in enumerate(header) if fold(_NUMBER.sub("", column)) in wanted]
    return found[0] if len(found) == 1 else None


def _who(header: Sequence[str], row: Sequence[str]) -> Who:
    cell = dict(zip(header, row, strict=False))
    columns = {"canvas": "ID", "sid": "SIS User ID", "login": "SIS Login ID", "email": "SIS Login ID"}
    ids = [(column, cell[theirs]) for column, theirs in columns.items() if cell.get(theirs)]
    ids += [("student", cell[theirs]) for theirs in ("SIS Login ID", "SIS User ID") if cell.get(theirs)]
    return Who(cell["Student"], cell["Student"], tuple(ids), cell["Student"])


def _other_maxima(
    name: str, number: int, row: Sequence[str], ours: Mapping[str, int], grades: Sequence[Grade]
) -> list[str]:
    """Canvas keeps its own maximum, whatever the file says: where it is not ours, points would mean something else."""
    out_of = {each.assignment: each.max_score for each in grades}
    told = []
    for slug, place in ours.items():
        try:
            same = slug not in out_of or float(row[place]) == out_of[slug]
        except ValueError:
            same = False
        if not same:
            told.append(
                f"{name}:{number}: {slug} is out of {shown(row[place])} in Canvas, out of {out_of[slug]:g} here"
            )
    return told
