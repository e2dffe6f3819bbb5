from __future__ import annotations

import csv
import io

import pytest

from autograder.adapters.exports.moodle import fill_worksheet, gradebook
from autograder.errors import CourseError

ENGLISH = (
    "\ufeffIdentifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments\n"
    'Participant 71,Ada Lovelace,,Submitted for grading,,20.00,Yes,"Tuesday, 10 November 2026, 9:00",-,\n'
    'Participant 72,,bob@example.org,"Submitted",,20.00,Yes,-,-,\n'
    "Participant 73,Eve,,Submitted,11.00,20.00,Yes,-,-,keep me\n"
    "Participant 99,Mallory,,No submission,,20.00,Yes,-,-,\n"
)
FRENCH = (
    "Identifiant,Nom complet,Statut,Note,Note maximale,La note peut être modifiée,"
    "Dernière modification (note),Feedback par commentaires\n"
    'Participant 71,Ada Lovelace,Remis,,"20,00",Oui,-,\n'
    'Participant 72,Bob Dupont,Remis,"5,00","20,00",Non,-,\n'
)


def _rows(text):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_worksheet_is_filled_scaled_to_moodles_maximum_and_else_as_it_was(grades, roster):
    filled = fill_worksheet(ENGLISH, "w.csv", grades, roster, "en")
    before, after = _rows(ENGLISH), _rows(filled.text)
    assert filled.text.startswith("\ufeff")
    assert [row[4] for row in after[1:]] == ["20.00", "10.00", "11.00", ""]
    assert [row[:4] + row[5:9] for row in after] == [row[:4] + row[5:9] for row in before]
    assert "It says &lt;b&gt;no&lt;/b&gt;." in after[2][9]
    assert after[3][9] == "keep me"
    assert filled.told == (
        "w.csv:4: eve: under review; the row is left as it is",
        "w.csv:5: Mallory: nobody in the roster",
    )


def test_french_worksheet_takes_commas_and_closed_grades_stay(grades, roster):
    filled = fill_worksheet(FRENCH, "w.csv", grades, roster, "fr")
    assert [row[3] for row in _rows(filled.text)[1:]] == ["20,00", "5,00"]
    assert filled.told == (
        "w.csv:3: bob: the grade cannot be changed, says Moodle",
        "w.csv: eve has a grade and no row",
    )


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", '"a', "Identifier,Full name\n"])
def test_what_is_no_worksheet_is_refused(grades, roster, text):
    with pytest.raises(CourseError, match="Remedy: download"):
        fill_worksheet(text, "w.csv", grades, roster, "en")


def test_gradebook_import_is_read_as_moodle_reads_it(grades, roster):
    rows = list(csv.DictReader(io.StringIO(gradebook(["double"], {"double": "Double"}, grades, roster, "en"))))
    assert [(row["idnumber"], row["email"], row["Double"]) for row in rows] == [
        ("1", "ada@example.org", "4"),
        ("2", "bob@example.org", "2"),
        ("3", "eve@example.org", ""),
    ]
    assert rows[2]["Double feedback"] == ""
    assert "test_hidden" not in str(rows)
