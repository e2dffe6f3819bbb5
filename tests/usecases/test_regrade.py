"""What a regrade shows before it writes, and that it writes just that; the grading itself is the engine's."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.adapters.course import load_course
from autograder.adapters.gradebook import Gradebook
from autograder.machinery.sandbox import strongest_tier
from autograder.usecases import regrade as use
from autograder.usecases.grade import Options, grade
from tests.usecases.test_grade import RIGHT, Seen, _hand_in


@pytest.mark.slow
def test_preview_shows_old_and_new_with_the_reason_and_equals_what_is_then_written(mini: Path, tmp_path: Path):
    submitted, options = tmp_path / "submitted", Options(strongest_tier(), 1)
    _hand_in(submitted, "ada")
    _hand_in(submitted, "bob", "def double(x):\n    return 3 * x\n")
    with Gradebook.open(tmp_path / "gradebook.db") as book:
        grade(load_course(mini), ["double"], submitted, book, options, Seen())
        before = book.latest()
        _hand_in(submitted, "bob", RIGHT)
        _hand_in(submitted, "carl")
        course = load_course(mini)
        shown = use.as_document(use.propose(course, ["double"], submitted, book, options, Seen()), "en", written=False)
        assert book.latest() == before
        again = use.propose(course, ["double"], submitted, book, options, Seen())
        again.write(book)
        assert use.as_document(again, "en", written=False) == shown
        written = {each.student: each.score for each in book.latest()}
    assert [(each["student"], each["old_score"], each["reasons"]) for each in shown["changes"]] == [
        ("bob", 0.0, ["other work was handed in"]),
        ("carl", None, ["graded for the first time"]),
    ]
    assert {each["student"]: each["new_score"] for each in shown["changes"]} == {
        name: score for name, score in written.items() if name != "ada"
    }
    assert shown["unchanged"] == 1
    assert shown["changes"][0]["groups"] and all(group["old"] == 0 for group in shown["changes"][0]["groups"])
