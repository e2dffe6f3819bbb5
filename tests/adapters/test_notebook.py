import ast
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.adapters.notebook import read_notebook, syntax_problem, without_magics
from autograder.adapters.untrusted_file import Unreadable


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("%matplotlib inline\nx = 1", "pass  # %matplotlib inline\nx = 1"),
        ("!echo don't (\nx = 1", "pass  # !echo don't (\nx = 1"),
        ("if True:\n    !ls", "if True:\n    pass  # !ls"),
        ("?print\nprint?\nprint??", "pass  # ?print\npass  # print?\npass  # print??"),
        ("files = !ls\nt = %timeit f()", "pass  # files = !ls\npass  # t = %timeit f()"),
        ("x = (7\n % 4)", "x = (7\n % 4)"),
        ('text = """\n%time\n!ls\n"""', 'text = """\n%time\n!ls\n"""'),
        ("%%time\nx = 1", "# %%time\nx = 1"),
        ("\n%%capture out\nx = 1", "\n# %%capture out\nx = 1"),
        ("%%bash\nrm x", "# %%bash\n# rm x"),
        ("%%writefile a.py\nx = 1", "# %%writefile a.py\n# x = 1"),
    ],
)
def test_magics_become_comments_and_lines_keep_their_numbers(source, expected):
    assert without_magics(source) == (expected, None)


def test_error_of_python_is_told_with_its_line():
    source, wrong = without_magics("%time\nx = 1\nx = = 2")
    assert wrong is not None and (wrong.line, wrong.message) == (3, "invalid syntax")
    assert source.count("\n") == 2


@pytest.mark.parametrize(
    "source",
    ["-" * 100_000 + "1", "a" + "+a" * 100_000, "(" * 5000, "a" + ".b" * 100_000, "9" * 10_000, "x = '\ud800'", "\0"],
)
def test_hostile_source_is_a_problem_and_no_crash(source):
    assert syntax_problem(source) is not None


def test_many_magic_lines_stop_being_tried_rather_than_take_minutes():
    source, wrong = without_magics("!\n" * 100_000)
    assert wrong is not None
    assert source.count("pass") < 20


def test_magic_that_is_not_what_is_wrong_is_commented_out_once():
    source, wrong = without_magics("if x:\nfiles?")
    assert wrong is not None and wrong.line == 2
    assert source == "if x:\npass  # files?"


@given(st.text(alphabet="ab =+%!?\n()'\"#:", max_size=60))
def test_any_cell_keeps_its_lines_and_becomes_python_or_a_problem(source):
    result, wrong = without_magics(source)
    assert result.count("\n") == source.count("\n")
    assert (syntax_problem(result) is None) == (wrong is None)


@given(st.sampled_from(["x = 1\n", "def f():\n    return 1 % 2\n", "y = [\n 1,\n]\n", "s = '''\n!a\n'''\n"]))
def test_python_without_magics_stays_as_it_is(source):
    ast.parse(source)
    assert without_magics(source) == (source, None)


def test_hundred_thousand_cells_are_refused_before_they_are_looked_at():
    cells = ",".join(['{"cell_type":"code"}'] * 100_000)
    with pytest.raises(Unreadable, match="more than 2000 cells"):
        read_notebook(f'{{"nbformat": 4, "cells": [{cells}]}}'.encode(), "a.ipynb")


@given(st.binary(max_size=200))
def test_any_bytes_are_cells_or_a_sentence_for_the_student(content):
    try:
        cells = read_notebook(content, "a.ipynb")
    except Unreadable as error:
        assert error.text.en.startswith("a.ipynb") and error.text.fr.startswith("a.ipynb")
    else:
        assert cells == []


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["source", "metadata", "id", "nbgrader", "tags"]), inner)
        ),
        max_leaves=8,
    )
)
def test_any_cell_of_json_is_read_or_refused(value):
    cell = {"cell_type": "code", **(value if isinstance(value, dict) else {"source": value})}
    try:
        cells = read_notebook(json.dumps({"nbformat": 4, "cells": [cell]}).encode(), "a.ipynb")
    except Unreadable:
        return
    assert len(cells) == 1 and isinstance(cells[0].source, str)
