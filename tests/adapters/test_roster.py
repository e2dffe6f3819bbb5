from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.adapters.deliveries.delivery import Who
from autograder.adapters.roster import IDS, Enrolled, Roster, fold, read_roster, words
from autograder.errors import CourseError

CLASS = """\
student,name,email,sid,aliases
ada,Ada Lovelace,ada@example.org,0042,A. Lovelace|Countess Lovelace
emile,Émile Zola,emile@example.org,0043,
zola2,Zola Emile,z@example.org,0044,
soren,Søren Kierkegaard,s@example.org,0045,
"""


@pytest.fixture
def roster(tmp_path):
    def write(text=CLASS):
        (tmp_path / "roster.csv").write_text(text, encoding="utf-8")
        return read_roster(tmp_path / "roster.csv")

    return write


def _named(name, *ids, squeezed=False):
    return Who(name, name, ids, name, squeezed)


@pytest.mark.parametrize(
    ("who", "student"),
    [
        (_named("LOVELACE Ada"), "ada"),
        (_named("countess lovelace"), "ada"),
        (_named("lovelaceada", squeezed=True), "ada"),
        (_named("Soren Kierkegaard"), "soren"),
        (_named("anything", ("sid", "0043")), "emile"),
        (_named("", ("email", "Z@EXAMPLE.org")), "zola2"),
    ],
)
def test_student_is_found_by_id_then_by_name_in_any_order_case_and_accent(roster, who, student):
    assert roster().find(who).student == student


@pytest.mark.parametrize(
    ("who", "why"),
    [
        (_named("Emile Zola"), "may be that of emile and zola2"),
        (_named("x", ("sid", "0042"), ("email", "s@example.org")), "ids are those of ada and soren"),
        (_named("Ada Lovelasse"), "add the name to 'aliases' if it is Ada Lovelace (ada)"),
        (_named("Alan Turing"), "nobody in the roster"),
        (_named(""), "nobody in the roster"),
    ],
)
def test_student_is_never_guessed(roster, who, why):
    match = roster().find(who)
    assert match.student is None
    assert why in match.why


def test_semicolons_and_blank_lines_of_a_french_spreadsheet_are_read(roster):
    read = roster("\ufeffStudent;Name\n\nada;Lovelace, Ada\n;\n")
    assert [(each.student, each.name) for each in read.enrolled] == [("ada", "Lovelace, Ada")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no column 'student'"),
        ("name\nAda\n", "no column 'student'"),
        ("student,emial\nada,x\n", "write 'email'"),
        ("student,name,name\n", "column 'name' stands twice"),
        ("student\n../etc\n", "roster.csv:2"),
        ("student,sid\nada,1\nbob,1\n", "sid 1 is that of ada and of bob"),
        ("student\nada\nADA\n", "student ADA is that of ada and of ADA"),
        ("student\nada,more\n", "more cells than columns"),
        ('student\n"ada', "not CSV"),
    ],
)
def test_faulty_roster_is_refused_with_the_remedy(roster, text, told):
    with pytest.raises(CourseError) as caught:
        roster(text)
    assert told in "\n".join(caught.value.problems)
    assert all("Remedy:" in each for each in caught.value.problems)


@given(st.text(min_size=1, max_size=20), st.randoms())
def test_whoever_is_alone_is_found_under_any_order_of_the_name(name, random):
    parts = words(name)
    line = Enrolled("x", dict.fromkeys(IDS, ""), name, (), "")
    random.shuffle(parts)
    assert Roster((line,)).find(_named(" ".join(parts).upper())).student == ("x" if parts else None)


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)
