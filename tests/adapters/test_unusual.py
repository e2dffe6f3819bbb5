from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autograder.adapters.released import read_released
from autograder.adapters.submission import read_submission
from autograder.adapters.unusual import pointers
from autograder.types import Cell

RELEASED = Path(__file__).parents[1] / "courses/mini/assignments/double"


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("open('solutions/double/double.py')", "solutions/"),
        ("import test_hidden", "test_hidden"),
        ("sqlite3.connect('.autograder/gradebook.db')", ".autograder"),
        ("open('/proc/self/maps')", "/proc"),
        ("import ctypes", "ctypes"),
        ("from autograder.adapters.suite import Suite", "autograder.adapters"),
        ("from autograder import wire", "from autograder import wire"),
        ("import gc\ngc.get_objects()", "gc.get_objects"),
        ("sys._getframe(1)", "_getframe"),
        ("os.environ['AUTOGRADER_SECRET']", "AUTOGRADER_SECRET"),
    ],
)
def test_word_that_only_the_grader_needs_is_told_with_its_line(source, word):
    line = source[: source.index(word)].count("\n") + 1
    told = pointers([Cell(4, source)])
    assert told[0].en == f"the source names `{word}` (cell 4, line {line})"
    assert told[0].fr == f"le code nomme `{word}` (cellule 4, ligne {line})"


@pytest.mark.parametrize(
    "source",
    ["from autograder.checks import same", "process = 'data/proc/x'", "def solutions(): ...", "my_ctypes_like = 1"],
)
def test_ordinary_work_is_nothing_unusual(source):
    assert pointers([Cell(0, source)]) == ()


def test_each_word_is_told_once_and_not_many():
    words = ["test_hidden", "ctypes", "/proc", "_getframe", "tb_frame", "gc.get_objects", "gradebook.db"]
    assert len(pointers([Cell(0, "\n".join(words * 100))])) == 5


def test_date_in_the_future_is_told_and_the_files_own_counts(tmp_path):
    file = tmp_path / "double.py"
    file.write_text("def double(x):\n    return 2 * x\n")
    (tmp_path / "timestamp.txt").write_text("2999-01-01 00:00:00 UTC")
    submission = read_submission(tmp_path, read_released(RELEASED), RELEASED, "ada")
    assert submission.received_at == datetime.fromtimestamp(file.stat().st_mtime, UTC)
    assert [each.en for each in submission.unusual] == [
        "its timestamp is in the future (2999-01-01 00:00 UTC); the date of the file counts instead"
    ]
    assert submission.notes == ()


def test_clock_that_is_a_little_ahead_is_nothing_unusual(tmp_path):
    (tmp_path / "double.py").write_text("def double(x):\n    return 2 * x\n")
    ahead = datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=2)
    (tmp_path / "timestamp.txt").write_text(f"{ahead:%Y-%m-%d %H:%M:%S} UTC")
    submission = read_submission(tmp_path, read_released(RELEASED), RELEASED, "ada")
    assert (submission.received_at, submission.unusual) == (ahead, ())
