"""Hostile names and texts in what commands print and export: terminal, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rich.console import Console

from autograder.adapters.exports.table import harmless
from autograder.entry import console
from autograder.entry.console import GradingBar, plain, print_errors, print_json, print_table
from autograder.types import Grade, Status, Text
from autograder.usecases.export import export
from autograder.usecases.grade import as_document

NOW = datetime(2026, 11, 1, tzinfo=UTC)
ESCAPES = (
    "\x1b[2J\x1b[1;1Howned",
    "\x1b]0;title\x07",
    "\x1b]8;;http://example.invalid\x07link\x1b]8;;\x07",
    "\x9b31m",
    "a\rb",
    "a\x08\x08b",
    "\u202egpj.exe",
    "a\u2028b\u2029c\x85d",
    "\udcff",
    "[bold red]markup[/bold red]",
    "[link=http://example.invalid]x[/link]",
    "\ue000\ufeff\u200b",
)


def _grade(student: str, said: str) -> Grade:
    text = Text(said, said)
    return Grade(
        "double", student, Status.REJECTED, 0.0, 5.0, (), "0" * 64, NOW, "v", "e", "s", "1", 0.1, NOW,
        (text,), 0.0, 0.0, said, (text,),
    )  # fmt: skip


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What goes to the terminal, which is wide and has colours."""
    stream = io.StringIO()
    for name in ("out", "err"):
        monkeypatch.setattr(console, name, Console(file=stream, width=400, highlight=False, color_system=None))
    return stream


@pytest.mark.parametrize("text", ESCAPES)
def test_nothing_that_a_terminal_obeys_is_printed(printed, text):
    bar = GradingBar()
    bar.graded(_grade(text, text))
    print_table("t", ("a", text), [(text, 1)])
    print_errors([text])
    shown = printed.getvalue()
    shown.encode()  # it can be written
    assert not {character for character in shown if not character.isprintable()} - {"\n"}


def test_markup_in_a_name_stays_text(printed):
    print_table("t", ("a",), [("[red]x[/red]",)])
    assert "[red]x[/red]" in printed.getvalue()


def test_name_with_a_line_end_cannot_pose_as_a_line_of_ours(printed):
    GradingBar().graded(_grade("eve\nerror gradebook lost", "x\nunusual ada / double: cheated"))
    lines = printed.getvalue().splitlines()
    assert len(lines) == 2 and lines[0].startswith("look") and lines[1].startswith("unusual eve")


def test_unusual_is_told_to_the_instructor_on_a_line_of_its_own(printed):
    graded = replace(_grade("eve", "its code ended its own process"), status=Status.GRADED)
    GradingBar().graded(graded)
    assert printed.getvalue() == "unusual eve / double: its code ended its own process\n"


def test_unusual_is_in_no_document_for_students(tmp_path):
    from autograder.usecases.feedback import write_feedback

    graded = _grade("eve", "")
    graded = replace(graded, unusual=(Text("periscope", "périscope"),))
    assert "scope" not in json.dumps(as_document([graded], "en")) + json.dumps(as_document([graded], "fr"))
    written = write_feedback([graded], {"double": Text("t", "t")}, Text("c", "c"), tmp_path)
    assert written and not any("scope" in path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.*"))


def test_long_text_is_cut(printed):
    assert len(plain("x" * 10**6)) < 5000
    assert len(plain("x\n" * 5000, lines=True)) == 10_000


@pytest.mark.parametrize("text", ESCAPES)
def test_json_of_hostile_text_is_written_and_reads_back(capsys, text):
    print_json({"student": text})
    written = capsys.readouterr().out
    assert json.loads(written) == {"student": text}
    written.encode()


def test_json_holds_no_nan(capsys):
    with pytest.raises(ValueError, match="JSON"):
        print_json({"score": float("nan")})
    assert capsys.readouterr().out == ""


SIGNS = tuple("=+-@＝＋－＠")
FORMULAS = (
    "=1+1",
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "＝1+1",
    '"=1+1"',
    "a,=1+1",
    "a\n=1+1",
    'a"\r\n=1+1',
    ";=1+1",
)


@pytest.mark.parametrize("name", FORMULAS)
def test_no_cell_of_an_export_is_a_formula(course, name):
    text = export(course, [replace(_grade(name, ""), assignment="double")], "csv")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 2 and len(text.splitlines()) == 2
    for cell in rows[1]:
        assert not cell.strip("\ufeff\u00a0 \t\r\n").startswith(SIGNS)


@pytest.mark.parametrize("name", ["ada", "émile", "O'Brien", "1234"])
def test_ordinary_names_are_exported_as_they_are(name):
    assert harmless(name) == name
