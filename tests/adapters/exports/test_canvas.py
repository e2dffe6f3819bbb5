from __future__ import annotations

import csv
import io

import pytest

from autograder.adapters.exports.canvas import COLUMNS, POINTS, fill_export, gradebook
from autograder.errors import CourseError

EXPORTED = (
    "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Double (4711),Other (4712),Final Score\n"
    "    Points Possible,,,,,4.00,10.00,(read only)\n"
    '"Lovelace, Ada",91,1,,A,,7,50\n'
    '"Dupont, Bob",92,2,,A,EX,8,50\n'
    '"Eve",93,3,,A,1,9,50\n'
    '"Student, Test",99,,abc,A,,,\n'
)
TITLES = {"double": ("Double", "Doubler", "double")}


def _rows(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def test_export_of_canvas_is_filled_in_our_column_alone(grades, roster):
    filled = fill_export(EXPORTED, "c.csv", TITLES, grades, roster)
    rows = _rows(filled.text)
    assert rows[0] == [*COLUMNS, "Double (4711)"]
    assert rows[1][0] == POINTS and rows[1][5] == "4.00"
    assert [(row[0], row[1], row[5]) for row in rows[2:]] == [
        ("Lovelace, Ada", "91", "4"),
        ("Dupont, Bob", "92", "EX"),
        ("Eve", "93", "1"),
    ]
    assert filled.told == ("c.csv:6: Student, Test: nobody in the roster",)


def test_other_maximum_in_canvas_is_told(grades, roster):
    filled = fill_export(EXPORTED.replace("4.00", "20"), "c.csv", TITLES, grades, roster)
    assert "c.csv:2: double is out of 20 in Canvas, out of 4 here" in filled.told


@pytest.mark.parametrize("text", ["", "Student,ID\n", EXPORTED.replace("Double", "Triple"), '"a'])
def test_what_is_no_export_with_our_assignment_is_refused(grades, roster, text):
    with pytest.raises(CourseError, match="Remedy: "):
        fill_export(text, "c.csv", TITLES, grades, roster)


def test_gradebook_has_canvas_columns_and_points_possible(grades, roster):
    rows = _rows(gradebook(["double"], {"double": "=Double"}, grades, roster))
    assert rows[0] == [*COLUMNS, "'=Double"]
    assert rows[1] == [POINTS, "", "", "", "", "4"]
    assert rows[2] == ["Ada Lovelace", "91", "1", "ada@example.org", "A", "4"]
    assert rows[4][5] == ""
