import shutil
from pathlib import Path

import pytest

from autograder.adapters.course import load_assignment, load_course
from autograder.errors import CourseError

MINI = Path(__file__).parents[1] / "courses/mini"


@pytest.fixture
def root(tmp_path):
    return Path(shutil.copytree(MINI, tmp_path / "mini"))


def load(root):
    return load_assignment(load_course(root), "double")


def problems(root):
    with pytest.raises(CourseError) as caught:
        load(root)
    return [line.split("solutions/double/")[1] for line in caught.value.problems]


def edit(root, name, old, new):
    file = root / "solutions/double" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_assignment_is_loaded_whole():
    assignment = load(MINI)
    assert (assignment.slug, assignment.module, assignment.points) == ("double", "M1", 5.0)
    assert [(group.id, group.points) for group in assignment.groups] == [("numbers", 3.0), ("lists", 2.0)]
    assert (assignment.limits.test_s, assignment.limits.memory_mib) == (2.0, 512)
    assert (assignment.requires, assignment.forbidden, assignment.draws) == (("double",), ("operator.mul",), "shared")
    mistake = assignment.mistakes[0]
    assert (mistake.id, mistake.loses) == ("repeats_list", ("lists",))
    assert mistake.hint.en.startswith("Your list comes back")


def test_assignment_is_an_exercise_unless_it_says_capstone(root):
    assert load(root).kind == "exercise"
    edit(root, "assignment.yaml", "module: M1", "kind: capstone\nmodule: M1")
    assert load(root).kind == "capstone"
    edit(root, "assignment.yaml", "kind: capstone", "kind: thesis")
    (line,) = problems(root)
    assert line.startswith("assignment.yaml:4:") and "'exercise' or 'capstone'" in line


def test_problems_of_file_and_mistakes_come_all_at_once(root):
    edit(root, "assignment.yaml", "module: M1", "module: M7")
    edit(root, "assignment.yaml", "requires: [double]", "requires: [double, double]")
    edit(root, "assignment.yaml", "course/data/numbers.txt", "course/data/absent.txt")
    edit(root, "assignment.yaml", "id: lists", "id: numbers")
    edit(root, "mistakes/repeats_list.py", "[lists]", "[lists, numbers, numbers]")
    assert problems(root) == [
        "assignment.yaml:4: module 'M7' is not in the course (M1). "
        "Remedy: write one of these, or add it to course/course.yaml.",
        "assignment.yaml:17: 'numbers' stands twice in 'groups'. Remedy: keep one of them.",
        "assignment.yaml:8: 'double' stands twice in 'requires'. Remedy: keep one of them.",
        "assignment.yaml:11: file 'course/data/absent.txt' does not exist. "
        "Remedy: create it, or remove it from 'files'.",
        "mistakes/repeats_list.py:2: 'loses' names the unknown group 'lists' (there are: numbers, numbers). "
        "Remedy: write one of these.",
        "mistakes/repeats_list.py:2: 'loses' names 'numbers' twice. Remedy: keep one of them.",
    ]


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/passwd", "solutions/double/double.py", "course\\data\\a.txt"])
def test_file_students_may_not_see_is_refused(root, name):
    edit(root, "assignment.yaml", "course/data/numbers.txt", f"'{name}'")
    assert problems(root)[0].startswith("assignment.yaml:11: file")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("slug: double", "slug: triple", "assignment.yaml:2: slug 'triple' in the folder 'double'"),
        ("points: 3", "points: 0", "assignment.yaml:14: 'groups.0.points' is 0"),
        ("points: 3", "points: .inf", "assignment.yaml:14: 'groups.0.points'"),
        ("difficulty: 1", "difficulty: 6", "assignment.yaml:5: 'difficulty' is 6"),
        ("hint: {en: 'What", "hnt: {en: 'What", "assignment.yaml:13: 'groups.0.hint' is missing"),
        ("memory_mib: 512", "memory: 512", "assignment.yaml:10: unknown key 'memory'. Remedy: write 'memory_mib'."),
        ("id: lists", "id: My Lists", "assignment.yaml:17: 'groups.1.id'"),
    ],
)
def test_wrong_value_is_told_with_its_line(root, old, new, expected):
    edit(root, "assignment.yaml", old, new)
    assert any(line.startswith(expected) for line in problems(root)), problems(root)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def double(x):\n    return x\n", "mistakes/odd.py:1: no docstring"),
        ('"""\nloses: [lists]\n"""\n', "mistakes/odd.py:2: 'hint' is missing"),
        ('"""\n\nloses: lists\nhint: {en: a, fr: b}\n"""\n', "mistakes/odd.py:3: 'loses' is \"lists\""),
        (
            '"""\nloses: [lists]\nhint: {en: "$\\alpha$", fr: b}\n"""\n',
            "mistakes/odd.py:3: a backslash that Python reads",
        ),
        ('"""loses: ["""\ndef f(:\n', "mistakes/odd.py:2: not Python: invalid syntax"),
    ],
)
def test_wrong_mistake_is_told_with_its_line(root, text, expected):
    (root / "solutions/double/mistakes/odd.py").write_text(text)
    assert problems(root)[0].startswith(expected)


def test_backslashes_of_a_raw_docstring_stay(root):
    text = 'r"""\nloses: [lists]\nhint: {en: \'$\\theta$ and $\\sqrt{d}$\', fr: b}\n"""\n'
    (root / "solutions/double/mistakes/raw.py").write_text(text)
    assert load(root).mistakes[0].hint.en == "$\\theta$ and $\\sqrt{d}$"


def test_name_of_a_mistake_with_dashes_is_refused(root):
    (root / "solutions/double/mistakes/no-scale.py").write_text('"""\nloses: [lists]\nhint: {en: a, fr: b}\n"""\n')
    assert problems(root)[0].startswith("mistakes/no-scale.py:1: 'no-scale.py' is no name for a mistake")


@pytest.mark.parametrize(
    "name",
    [
        "assignment.yaml",
        "double.py",
        "test_hidden.py",
        "mistakes/repeats_list.py",
        "oracle.json",
        "../../course/data/numbers.txt",
    ],
)
def test_version_changes_with_what_can_change_a_verdict(root, name):
    before = load(root).version
    file = root / "solutions/double" / name
    file.write_text((file.read_text(encoding="utf-8") if file.exists() else "") + "# changed\n", encoding="utf-8")
    assert load(root).version != before
    assert len(before) == 16


@pytest.mark.parametrize(
    "name", ["alternatives/other.py", "__pycache__/a.pyc", "mistakes/__pycache__/a.pyc", ".notes", "double.py~"]
)
def test_version_ignores_what_cannot_change_a_verdict(root, name):
    before = load(root).version
    file = root / "solutions/double" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("# changed\n")
    assert load(root).version == before


def test_version_is_the_same_with_the_line_ends_of_windows(root):
    before = load(root).version
    for name in ("assignment.yaml", "double.py", "test_hidden.py", "mistakes/repeats_list.py"):
        file = root / "solutions/double" / name
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert load(root).version == before


def test_version_does_not_depend_on_where_the_course_is(root):
    assert load(root).version == load(MINI).version
