import ast
import dataclasses
import inspect
import shutil
from pathlib import Path

import pytest

from autograder.adapters.authoring import check_cells, load_reference, mistake_source, reference_source, stub_source
from autograder.adapters.course import load_assignment, load_course
from autograder.errors import CourseError
from autograder.types import Text

MINI = Path(__file__).parents[1] / "courses/mini"
DOUBLE = load_assignment(load_course(MINI), "double")
FILE = MINI / "solutions/double/double.py"


def names(source):
    space = {}
    exec(compile(source, "source", "exec"), space)
    return space


def test_reference_keeps_the_lines_of_the_file_and_nothing_of_the_checks():
    lines = reference_source(DOUBLE).splitlines()
    original = FILE.read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(original)
    number = original.index("    return x + x")
    assert lines[number] == original[number]
    assert not any("same(" in line or "numbers.txt" in line or "# %%" in line for line in lines)


def test_reference_loads_as_a_module_with_its_own_file():
    module = load_reference(DOUBLE)
    assert module.double([1, 2]) == [2, 4]
    assert inspect.getsourcefile(module.double) == str(FILE)
    assert inspect.getsource(module.double).startswith("def double(")


def test_reference_that_raises_is_told_with_its_line(tmp_path):
    root = Path(shutil.copytree(MINI, tmp_path / "mini"))
    file = root / "solutions/double/double.py"
    file.write_text(
        file.read_text().replace("from pathlib import Path\n", "from pathlib import Path\nPath.absent\n", 1)
    )
    line = file.read_text().splitlines().index("Path.absent") + 1
    with pytest.raises(CourseError, match=rf"double\.py:{line}: the reference does not load: AttributeError"):
        load_reference(load_assignment(load_course(root), "double"))


def test_reference_may_define_dataclasses(tmp_path):
    root = Path(shutil.copytree(MINI, tmp_path / "mini"))
    file = root / "solutions/double/double.py"
    given = "from __future__ import annotations\nfrom dataclasses import dataclass\n\n"
    given += "@dataclass\nclass Pair:\n    left: int\n\n"
    file.write_text(file.read_text().replace("from pathlib import Path\n", given + "from pathlib import Path\n", 1))
    assert load_reference(load_assignment(load_course(root), "double")).Pair(1).left == 1


def test_stub_opens_in_both_languages_and_raises():
    source = stub_source(DOUBLE)
    first, second = source.splitlines()[:2]
    assert first.startswith("# Twice as much — ") and "autograder check double.py" in first
    assert second.startswith("# Deux fois plus — ") and "autograder check double.py" in second
    with pytest.raises(NotImplementedError):
        names(source)["double"](1)
    assert "item + item" not in source and "same(double" not in source


def test_mistake_takes_the_place_of_the_reference():
    source = mistake_source(DOUBLE, DOUBLE.mistakes[0])
    assert names(source)["double"]([1, 2]) == [1, 2, 1, 2]
    assert "loses:" not in source


def test_several_mistakes_follow_in_order_without_their_future_imports(tmp_path):
    files = {"first": "def double(x):\n    return 'first'\n", "second": "def double(x):\n    return 'second'\n"}
    mistakes = []
    for name, code in files.items():
        file = tmp_path / f"{name}.py"
        file.write_text(f'"""\nloses: [lists]\n"""\nfrom __future__ import annotations\n\n\n{code}')
        mistakes.append(dataclasses.replace(DOUBLE.mistakes[0], id=name, file=file))
    assert names(mistake_source(DOUBLE, mistakes))["double"](1) == "second"
    assert names(mistake_source(DOUBLE, mistakes[::-1]))["double"](1) == "first"


def test_checks_come_in_the_order_of_the_groups_and_pass_on_the_reference():
    checks = check_cells(DOUBLE)
    assert list(checks) == ["numbers", "lists"]
    space = names(reference_source(DOUBLE))
    for source in checks.values():
        ast.parse(source)
        exec(source, dict(space))


def test_check_cell_fails_on_the_mistake():
    space = names(mistake_source(DOUBLE, DOUBLE.mistakes[0]))
    with pytest.raises(AssertionError):
        exec(check_cells(DOUBLE)["lists"], space)


def test_title_in_two_languages_reaches_the_stub():
    retitled = dataclasses.replace(DOUBLE, title=Text("A", "B"))
    assert [line[:3] for line in stub_source(retitled).splitlines()[:2]] == ["# A", "# B"]
