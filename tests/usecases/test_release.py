import hashlib
import json
import shutil
from pathlib import Path

import pytest

from autograder.adapters.course import load_assignment, load_course
from autograder.errors import CourseError
from autograder.usecases.release import build, check_release, manifest, release, release_to

MINI = Path(__file__).parents[1] / "courses/mini"
FILES = [
    "assignment.json",
    "checks.py",
    "data/numbers.txt",
    "double.fr.ipynb",
    "double.ipynb",
    "double.py",
    "instructions.en.md",
    "instructions.fr.md",
]


@pytest.fixture
def root(tmp_path):
    return Path(shutil.copytree(MINI, tmp_path / "mini"))


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def edit(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_release_of_the_mini_course_is_what_is_committed():
    assert check_release(load_course(MINI)) == []


def test_build_is_identical_wherever_and_whenever_it_is_made(root, tmp_path):
    first = build(load_assignment(load_course(MINI), "double"), tmp_path / "first")
    second = build(load_assignment(load_course(root), "double"), tmp_path / "second")
    assert first == second
    assert [name for name, _ in first.files] == FILES
    for name, digest in first.files:
        assert hashlib.sha256((tmp_path / "first" / name).read_bytes()).hexdigest() == digest


def test_unchanged_release_is_left_alone(root):
    course = load_course(root)
    before = (root / "assignments/double").stat().st_ino
    release(course)
    assert (root / "assignments/double").stat().st_ino == before


def test_release_replaces_what_is_stale_and_leaves_nothing_beside(root):
    course = load_course(root)
    folder = root / "assignments/double"
    edit(root / "solutions/double/double.py", "# # Twice as much", "# # Two times")
    (folder / "old.txt").write_text("from an earlier year")
    (folder / "checks.py").unlink()
    (folder / "__pycache__").mkdir()
    told = [line.split("assignments/double/")[1].split(". Remedy")[0] for line in check_release(course)]
    assert told == [
        "assignment.json: stale",
        "checks.py: missing",
        "double.ipynb: stale",
        "instructions.en.md: stale",
        "old.txt: not part of the release",
    ]
    release(course, ["double"])
    assert check_release(course) == []
    assert names(root / "assignments") == ["double"]
    assert "Two times" in (folder / "instructions.en.md").read_text()


def test_failed_build_leaves_the_old_release(root):
    before = manifest(root / "assignments/double")
    edit(root / "solutions/double/double.py", "    ### END SOLUTION\n", "")
    with pytest.raises(CourseError, match="left open"):
        release(load_course(root))
    assert manifest(root / "assignments/double") == before
    assert names(root / "assignments") == ["double"]


def test_crash_while_swapping_leaves_the_old_release(root, monkeypatch):
    before = manifest(root / "assignments/double")
    edit(root / "solutions/double/double.py", "# # Twice as much", "# # Two times")
    rename = Path.rename

    def full_disk(self, target):
        if Path(target).name == "double" and self.name.startswith(".double-"):
            raise OSError("No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", full_disk)
    with pytest.raises(OSError, match="No space"):
        release(load_course(root))
    assert manifest(root / "assignments/double") == before
    assert names(root / "assignments") == ["double"]


def test_one_wrong_assignment_does_not_keep_the_others(root):
    shutil.copytree(root / "solutions/double", root / "solutions/twice")
    (root / "solutions/twice/double.py").rename(root / "solutions/twice/twice.py")
    edit(root / "solutions/twice/assignment.yaml", "slug: double", "slug: twice")
    course_file = root / "course/course.yaml"
    course_file.write_text(course_file.read_text() + "- {slug: twice}\n")
    edit(root / "solutions/double/double.py", "### END SOLUTION", "")
    with pytest.raises(CourseError) as caught:
        release(load_course(root))
    assert all("solutions/double/" in line for line in caught.value.problems)
    assert (root / "assignments/twice/twice.ipynb").is_file()


def test_release_folder_holds_assignments_course_and_sums(root, tmp_path):
    out = tmp_path / "out"
    (root / "course/lessons").mkdir()
    (root / "course/lessons/double.md").write_text("Twice.\n")
    (root / "course/lessons/link.md").symlink_to(root / "solutions/double/double.py")
    made = release_to(load_course(root), [], out)
    assert [name for name, _ in made.files] == [
        *(f"assignments/double/{name}" for name in FILES),
        "course/course.yaml",
        "course/data/numbers.txt",
        "course/lessons/double.md",
    ]
    sums = json.loads((out / "manifest.json").read_text())
    assert sums == {"version": 1, "files": dict(made.files)}
    for name, digest in sums["files"].items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest
    assert not [path for path in out.rglob("*") if "solution" in path.name or "hidden" in path.name]


def test_release_folder_is_replaced_whole(root, tmp_path):
    out = tmp_path / "out"
    release_to(load_course(root), ["double"], out)
    (out / "stray.txt").write_text("left behind")
    first = (out / "manifest.json").read_bytes()
    release_to(load_course(root), ["double"], out)
    assert (out / "manifest.json").read_bytes() == first
    assert not (out / "stray.txt").exists()


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_folder_of_something_else_is_not_touched(root, tmp_path, kind):
    out = tmp_path / "thesis"
    if kind == "folder":
        out.mkdir()
    text = out / "chapter.md" if kind == "folder" else out
    text.write_text("years of work")
    with pytest.raises(CourseError, match="something other than a release"):
        release_to(load_course(root), [], out)
    assert text.read_text() == "years of work"


@pytest.mark.parametrize(
    "line",
    [
        "The trick is return [item + item for item in x], of course.",
        'same(student.double([]), [],\n   en="double of an empty list", fr="le double d\'une liste vide")',
    ],
)
def test_solution_or_hidden_line_in_a_lesson_stops_the_release(root, tmp_path, line):
    (root / "course/lessons").mkdir()
    (root / "course/lessons/double.md").write_text(line)
    with pytest.raises(CourseError, match=r"would reach students in course/lessons/double\.md\. Remedy: reword"):
        release_to(load_course(root), [], tmp_path / "out")
    assert names(tmp_path) == ["mini"]


def test_solution_line_in_a_shipped_file_stops_the_release(root):
    (root / "course/data/numbers.txt").write_text("return [item + item for item in x]\n")
    with pytest.raises(CourseError, match=r"double\.py would reach students in data/numbers\.txt"):
        release(load_course(root))


def test_solution_line_in_the_text_of_another_assignment_stops_the_release_of_that_one(root):
    other = Path(shutil.copytree(root / "solutions/double", root / "solutions/triple"))
    (other / "double.py").rename(other / "triple.py")
    for file in other.rglob("*"):
        if file.suffix in (".py", ".yaml"):
            file.write_text(file.read_text(encoding="utf-8").replace("double", "triple"), encoding="utf-8")
    edit(root / "course/course.yaml", "- {slug: double", "- {slug: triple}\n- {slug: double")
    assert sorted(release(load_course(root))) == ["double", "triple"]
    edit(other / "triple.py", "# Write `triple`", "# Not return [item + item for item in x], though. Write `triple`")
    edit(other / "triple.py", "[item + item for item in x]\n    return x", "[3 * item for item in x]\n    return x")
    for found in (lambda: release(load_course(root), ["triple"]), lambda: check_release(load_course(root))):
        with pytest.raises(
            CourseError, match=r"double/double\.py would reach students in instructions\.en\.md"
        ) as caught:
            found()
        assert all("double/double.py" in line for line in caught.value.problems)


def test_hidden_line_in_a_notebook_stops_the_release(root):
    edit(root / "solutions/double/double.py", "double([int", "items = draw.integers(2, 1000, 4).tolist()\ndouble([int")
    with pytest.raises(CourseError, match=r"double/test_hidden\.py would reach students in double\.ipynb"):
        release(load_course(root))


def test_nothing_released_is_a_line_of_the_solution_folder_that_students_may_not_see(root, tmp_path):
    build(load_assignment(load_course(root), "double"), tmp_path / "out")
    everything = "\n".join(path.read_text(encoding="utf-8") for path in (tmp_path / "out").rglob("*") if path.is_file())
    for secret in ("item + item", "student.double", "repeats", "Your list comes back", "BEGIN SOLUTION", "reference"):
        assert secret not in everything


def test_sums_pass_over_what_tools_leave_behind(tmp_path):
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__/a.pyc").write_bytes(b"x")
    (tmp_path / "a.txt").write_text("a")
    assert [name for name, _ in manifest(tmp_path).files] == ["a.txt"]
