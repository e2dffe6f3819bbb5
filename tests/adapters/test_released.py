import shutil
from pathlib import Path

import pytest

from autograder.adapters.course import load_assignment, load_course
from autograder.adapters.released import read_checks, read_released
from autograder.errors import SubmissionError

MINI = Path(__file__).parents[1] / "courses/mini"
RELEASED = MINI / "assignments/double"


def test_public_side_is_that_of_the_assignment_without_its_mistakes():
    whole, public = load_assignment(load_course(MINI), "double"), read_released(RELEASED)
    for name in ("slug", "title", "module", "groups", "limits", "forbidden", "requires", "minutes", "points"):
        assert getattr(public, name) == getattr(whole, name)
    assert (public.mistakes, public.files) == ((), ("data/numbers.txt",))


def test_checks_keep_the_lines_of_their_file():
    checks = read_checks(RELEASED)
    lines = (RELEASED / "checks.py").read_text(encoding="utf-8").splitlines()
    assert list(checks) == ["numbers", "lists"]
    for source in checks.values():
        number, line = next((n, line) for n, line in enumerate(source.splitlines()) if line.startswith("same("))
        assert lines[number] == line


def test_folder_that_is_not_a_release_says_where_to_go(tmp_path):
    with pytest.raises(SubmissionError, match=r"no assignment\.json here\. Remedy: go into the folder"):
        read_released(tmp_path)
    with pytest.raises(SubmissionError, match=r"no checks\.py here"):
        read_checks(tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"slug": 3}', "[" * 100_000])
def test_changed_release_says_to_take_it_again(tmp_path, text):
    folder = Path(shutil.copytree(RELEASED, tmp_path / "double"))
    for name in ("assignment.json", "checks.py"):
        (folder / name).write_text(text)
    for read in (read_released, read_checks):
        with pytest.raises(SubmissionError, match="not what was handed out"):
            read(folder)
