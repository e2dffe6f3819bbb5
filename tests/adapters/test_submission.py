import hashlib
import json
import os
import shutil
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder.adapters.released import read_released
from autograder.adapters.submission import read_file, read_submission

TESTS = Path(__file__).parents[1]
RELEASED = TESTS / "courses/mini/assignments/double"
GOLDEN = TESTS / "golden/submissions"
DOUBLE = read_released(RELEASED)


@pytest.mark.parametrize(
    "folder", sorted(path.parent for path in GOLDEN.glob("*/expected.json")), ids=lambda path: path.name
)
def test_golden_submission_is_read_as_expected(folder):
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    submission = read_submission(folder, DOUBLE, RELEASED, "ada")
    assert submission.file == expected["file"]
    assert [[cell.number, cell.source] for cell in submission.cells] == expected["cells"]
    assert [[note.en, note.fr] for note in submission.notes] == expected["notes"]
    assert (submission.problem and [submission.problem.en, submission.problem.fr]) == expected["problem"]
    if "received_at" in expected:
        assert submission.received_at == datetime.fromisoformat(expected["received_at"])


def test_sum_is_that_of_the_bytes_of_the_chosen_file(tmp_path):
    content = b"def double(x):\r\n    return 2 * x\r\n"
    (tmp_path / "double.py").write_bytes(content)
    submission = read_submission(tmp_path, DOUBLE, RELEASED, "ada")
    assert submission.sha256 == hashlib.sha256(content).hexdigest()
    assert (submission.student, submission.slug) == ("ada", "double")


def test_time_of_receipt_is_the_file_date_unless_given(tmp_path):
    file = tmp_path / "double.py"
    file.write_text("x = 1\n")
    os.utime(file, (1_800_000_000, 1_800_000_000))
    assert read_submission(tmp_path, DOUBLE, None, "ada").received_at == datetime.fromtimestamp(1_800_000_000, UTC)
    given = datetime(2026, 11, 1, tzinfo=UTC)
    assert read_submission(tmp_path, DOUBLE, None, "ada", given).received_at == given


def test_without_a_release_two_files_are_two_works(tmp_path):
    for name in ("double.py", "double.ipynb"):
        (tmp_path / name).write_bytes((RELEASED / name).read_bytes())
    problem = read_submission(tmp_path, DOUBLE, None, "ada").problem
    assert problem is not None and "double.ipynb, double.py" in problem.en and "double.ipynb, double.py" in problem.fr


@pytest.mark.parametrize("name", ["double.py", "double.ipynb", "double.fr.ipynb"])
def test_work_done_in_the_released_folder_itself_is_told_from_the_rest(tmp_path, name):
    folder = Path(shutil.copytree(RELEASED, tmp_path / "double"))
    file = folder / name
    file.write_text(file.read_text(encoding="utf-8").replace("raise NotImplementedError", "return 2 * x"))
    submission = read_submission(folder, DOUBLE, folder, "ada")
    assert (submission.file, submission.problem) == (name, None)
    assert any("return 2 * x" in cell.source for cell in submission.cells)


def test_missing_folder_is_nothing_to_grade(tmp_path):
    problem = read_submission(tmp_path / "absent", DOUBLE, RELEASED, "ada").problem
    assert problem is not None and problem.en.startswith("There is nothing to grade")


def test_named_file_counts_alone(tmp_path):
    for name in ("one.py", "two.py"):
        (tmp_path / name).write_text(f"name = '{name}'\n")
    now = datetime(2026, 11, 1, tzinfo=UTC)
    submission = read_file(tmp_path / "two.py", DOUBLE, RELEASED, "", now)
    assert submission.cells[0].source == "name = 'two.py'\n"
    assert (submission.file, submission.received_at, submission.problem) == ("two.py", now, None)


@pytest.mark.parametrize("kind", ["link", "dangling link", "pipe", "socket", "folder"])
def test_file_that_is_not_ordinary_is_refused_at_once(tmp_path, kind):
    path = tmp_path / "double.py"
    match kind:
        case "link":
            secret = tmp_path / "secret.txt"
            secret.write_text("x = 1\n")
            path.symlink_to(secret)
        case "dangling link":
            path.symlink_to(tmp_path / "absent")
        case "pipe":
            os.mkfifo(path)
        case "socket":
            socket.socket(socket.AF_UNIX).bind(str(path))
        case "folder":
            path.mkdir()
    submission = read_submission(tmp_path, DOUBLE, RELEASED, "ada")
    assert submission.problem is not None and submission.problem.en.startswith("double.py is not an ordinary file")
    assert submission.cells == ()


@pytest.mark.parametrize(("name", "size", "says"), [("double.py", 5, "5 MB"), ("double.ipynb", 10, "10 MB")])
def test_file_over_its_cap_is_refused(tmp_path, name, size, says):
    (tmp_path / name).write_bytes(b" " * (size * 1_000_000 + 1))
    problem = read_submission(tmp_path, DOUBLE, RELEASED, "ada").problem
    assert problem is not None and says in problem.en and says.replace("MB", "Mo") in problem.fr


def test_more_code_than_python_can_parse_safely_is_refused(tmp_path):
    (tmp_path / "double.py").write_text("x = f'" + "{a}" * 100_000 + "'\n")
    problem = read_submission(tmp_path, DOUBLE, RELEASED, "ada").problem
    assert problem is not None and "256 KiB of code" in problem.en and "256 Kio de code" in problem.fr


def test_pictures_in_outputs_do_not_count_as_code(tmp_path):
    notebook = json.loads((RELEASED / "double.ipynb").read_text(encoding="utf-8"))
    picture = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "A" * 2_000_000}}
    notebook["cells"][-1]["outputs"] = [picture]
    (tmp_path / "double.ipynb").write_text(json.dumps(notebook))
    assert read_submission(tmp_path, DOUBLE, RELEASED, "ada").problem is None


def test_nothing_of_the_submission_runs(tmp_path):
    trace = tmp_path / "ran"
    (tmp_path / "double.py").write_text(f"open({str(trace)!r}, 'w')\n")
    read_submission(tmp_path, DOUBLE, RELEASED, "ada")
    assert not trace.exists()


def test_file_name_that_is_not_unicode_is_passed_over(tmp_path):
    (tmp_path / os.fsdecode(b"\xff.py")).write_text("x = 1\n")
    submission = read_submission(tmp_path, DOUBLE, RELEASED, "ada")
    assert submission.file == "" and submission.problem is not None
