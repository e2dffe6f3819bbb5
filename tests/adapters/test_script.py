import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.adapters.authoring import read_script
from autograder.adapters.course import load_assignment, load_course
from autograder.adapters.script import ScriptCell, parse_script
from autograder.adapters.script_rules import hidden_lines, solution_lines, telling
from autograder.errors import CourseError

MINI = Path(__file__).parents[1] / "courses/mini"
SOURCE = (MINI / "solutions/double/double.py").read_text(encoding="utf-8")


def problems(tmp_path, *edits):
    """What is said of the mini course's script after edits (old, new)."""
    text = SOURCE
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    root = Path(shutil.copytree(MINI, tmp_path / "mini"))
    (root / "solutions/double/double.py").write_text(text, encoding="utf-8")
    try:
        read_script(load_assignment(load_course(root), "double"))
    except CourseError as error:
        return [line.split("solutions/double/")[1] for line in error.problems]
    return []


def line_of(text):
    return SOURCE[: SOURCE.index(text)].count("\n") + 1


def test_cells_have_kinds_names_and_lines():
    script, found = parse_script(MINI / "solutions/double/double.py")
    assert found == []
    assert [(cell.kind, cell.name) for cell in script.cells] == [
        ("text", "en"),
        ("text", "fr"),
        ("given", "imports"),
        ("solution", "double"),
        ("check", "numbers"),
        ("check", "lists"),
        ("try", "file"),
    ]
    assert all(script.lines[cell.line - 1].startswith("# %%") for cell in script.cells)
    assert [text.strip() for _, text in script.of("solution")[0].solution()] == [
        "if isinstance(x, list):",
        "return [item + item for item in x]",
        "return x + x",
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("    ### END SOLUTION\n", "", "a solution region left open. Remedy: write '### END SOLUTION' below it."),
        ("    ### BEGIN SOLUTION\n", "", "'### END SOLUTION' without '### BEGIN SOLUTION'"),
        ("    return x + x\n", "    ### BEGIN SOLUTION\n    return x + x\n", "a region inside that of line"),
        ("### BEGIN SOLUTION", "## BEGIN SOLUTION", "'## BEGIN SOLUTION' is not a solution marker"),
        ("### BEGIN SOLUTION", "### BEGIN SOLUTIONS", "'### BEGIN SOLUTIONS' is not a solution marker"),
        ("same(double(3)", "### BEGIN HIDDEN TESTS\nsame(double(3)", "Remedy: move these tests to test_hidden.py"),
        ("same(double(3)", "### BEGIN SOLUTION\n### END SOLUTION\nsame(double(3)", "a solution region in a check cell"),
        ('# %% id="imports"', "# %%", "a code cell without one id, group or try"),
        ('# %% id="imports"', '# %% id="imports" group="numbers"', "a code cell without one id, group or try"),
        ('# %% id="imports"', '# %% ID="imports"', "is not a cell marker of this project"),
        ('# %% id="imports"', '#%% id="imports"', "is not a cell marker of this project"),
        ('# %% id="imports"', '# %% id="Imports"', "'Imports' is no name for a cell"),
        ('# %% id="imports"', '# %% id="check-numbers"', "'check-numbers' is no name for a cell"),
        ('# %% id="imports"', '# %% id="double"', "'double' names a second cell of its kind"),
        ('# %% [markdown] lang="en"', "# %% [markdown]", "a text cell without its language"),
        ('# %% [markdown] lang="en"', '# %% [markdown] lang="de"', "a text cell without its language"),
        ('# %% group="lists"', '# %% group="list"', "group 'list' is unknown (there are: numbers, lists)"),
        ('# %% group="lists"', '# %% try="lists"', "group 'lists' has no check cell"),
        ('# %% group="lists"', '# %% group="numbers"', "'numbers' names a second cell of its kind"),
        ('# %% [markdown] lang="fr"', '# %% [markdown] lang="en"', "a text in English without its French"),
        ('# %% [markdown] lang="en"', '# %% [markdown] lang="fr"', "a text in French without its English"),
        ("# # Twice as much", "Twice = 2", "code in a text cell"),
        ("# ---\n", "", "no jupytext header"),
        ('# %% [markdown] lang="en"', 'import os\n\n# %% [markdown] lang="en"', "text before the first cell"),
        ("same(double(3)", "same(double(3", "not Python: "),
        ("def double(", "def twice(", "'double', required by assignment.yaml, is not defined"),
        ("double([int(", "return [item + item for item in x]\ndouble([int(", "is shown to students in this cell"),
        (
            "# `[1, 2]` becomes",
            "# return [item +\n#  item for item in x]\n#\n# `[1, 2]` becomes",
            "is shown to students",
        ),
    ],
)
def test_broken_rule_is_told_with_its_remedy(tmp_path, old, new, expected):
    found = problems(tmp_path, (old, new))
    assert any(expected in line for line in found), found
    assert all(re.match(r"double\.py:\d+: .+\. Remedy: .+\.$", line) for line in found)


def test_problems_come_all_at_once_with_their_lines(tmp_path):
    found = problems(
        tmp_path,
        ('# %% id="imports"', "# %%"),
        ("### BEGIN SOLUTION", "### begin solution"),
        ("# # Deux", "x = 2\n# # Deux"),
    )
    told = {int(line.split(":")[1]) for line in found}
    assert {line_of('# %% id="imports"') + 1, line_of("### BEGIN SOLUTION") + 1, line_of("# # Deux")} <= told


def test_empty_region_and_region_outside_a_function_are_refused(tmp_path):
    body = SOURCE[SOURCE.index("    if isinstance") : SOURCE.index("    ### END")]
    assert any("an empty solution region" in line for line in problems(tmp_path, (body, "")))
    check = '# %% group="numbers"'
    weights = f'# %% id="weights"\n### BEGIN SOLUTION\nWEIGHTS = 1\n### END SOLUTION\n\n{check}'
    found = problems(tmp_path / "second", (check, weights))
    assert found and "a solution region of 'weights' is not the body of a function" in found[0]


def test_stub_keeps_signature_and_indentation():
    cell = ScriptCell(
        "solution",
        "model",
        1,
        (
            "class Model:",
            "    def f(self):",
            "        ### BEGIN SOLUTION",
            "        return 1",
            "        ### END SOLUTION",
        ),
    )
    assert cell.stub() == "class Model:\n    def f(self):\n        # YOUR CODE HERE\n        raise NotImplementedError"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("    return  weights / weights.sum(dim=dim)", "return weights / weights.sum(dim=dim)"),
        ("for word, frequency in words.items():", None),
        ("out = []", None),
        ("# a comment that is long enough to count", None),
        ("raise ValueError('k must be positive')", None),
        ("from collections import defaultdict", None),
    ],
)
def test_line_that_gives_something_away_is_told_from_one_that_does_not(line, expected):
    assert telling(line) == expected


def test_lines_to_keep_from_students_are_those_of_solutions_and_tests():
    script, _ = parse_script(MINI / "solutions/double/double.py")
    assert solution_lines(script) == {"return [item + item for item in x]": line_of("return [item + item")}
    assert set(hidden_lines(MINI / "solutions/double/test_hidden.py")) == {
        'same(student.double(x), reference.double(x), en="twice a number", fr="le double d\'un nombre")',
        "items = draw.integers(2, 1000, 4).tolist()",
        'result = unchanged(student.double, items, en="double of a list", fr="le double d\'une liste")',
        'same(result, reference.double(items), en="double of a list", fr="le double d\'une liste")',
        'same(student.double([]), [], en="double of an empty list", fr="le double d\'une liste vide")',
    }


names = st.from_regex(r"[a-z]{1,4}", fullmatch=True).filter(lambda name: name != "setup")
bodies = st.lists(st.sampled_from(["x = 1", "", "    y = 2", "# note", "z = '# %%'"]), max_size=4)


@given(st.lists(st.tuples(st.sampled_from(["id", "group", "try"]), names, bodies), min_size=1, max_size=5))
def test_any_cells_are_read_back_and_the_reference_keeps_their_lines(tmp_path_factory, cells):
    text = "# ---\n# jupyter:\n# ---\n"
    for key, name, body in cells:
        text += "\n".join([f'# %% {key}="{name}"', *body]) + "\n"
    file = tmp_path_factory.getbasetemp() / "a.py"
    file.write_text(text)
    script, found = parse_script(file)
    assert found == []
    assert [(cell.name, list(cell.lines)) for cell in script.cells] == [(name, body) for _, name, body in cells]
    reference = script.reference().splitlines()
    assert len(reference) == len(text.splitlines())
    for line, original in zip(reference, text.splitlines(), strict=True):
        assert line in ("", original)


@given(st.text(alphabet='# %idgroup="ab\n-[]markdownBEGIN SOLUTION', max_size=120))
def test_any_text_is_cells_or_problems_with_lines(tmp_path_factory, text):
    file = tmp_path_factory.getbasetemp() / "a.py"
    file.write_text("# ---\n# ---\n" + text)
    script, found = parse_script(file)
    assert script.cells or found
    assert all(re.search(r"a\.py(:\d+)?: .+ Remedy: ", line) for line in found)
