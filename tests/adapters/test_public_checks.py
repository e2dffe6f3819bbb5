from __future__ import annotations

import pytest

from autograder.adapters.public_checks import file_name, run
from autograder.types import Outcome

CHECKS = {
    "numbers": 'same(double(3), 6, en="double of 3", fr="le double de 3")\n',
    "lists": "\n\nassert double([1]) == [2]\n",
    "writes": "double = None\n",
    "roots": 'close(math.sqrt(double(2)), 2.0, en="root", fr="racine")\n',
}


def _told(*cells: str, file: str = "double.py", groups: tuple[str, ...] = ("numbers", "lists")):
    numbered = [(0, cells[0])] if file.endswith(".py") else list(enumerate(cells, 1))
    told: list[dict] = []
    run(
        {"file": file, "cells": numbered, "checks": CHECKS, "groups": list(groups), "requires": ["double"]}, told.append
    )
    assert told[0] == {"ready": True}
    return told[1]["notes"], {each["group"]: (each["outcome"], *each["message"]) for each in told[2:]}


def test_right_work_passes_with_nothing_to_say():
    notes, groups = _told("def double(x):\n    return [2 * i for i in x] if isinstance(x, list) else 2 * x\n")
    assert notes == []
    assert groups == {"numbers": ("passed", "", ""), "lists": ("passed", "", "")}


def test_comparison_speaks_both_languages():
    _, groups = _told("def double(x):\n    return x\n")
    assert groups["numbers"] == (
        "failed", "double of 3: the value differs", "le double de 3\u00a0: la valeur diffère",
    )  # fmt: skip


def test_bare_assertion_is_told_as_python_does():
    _, groups = _told("def double(x):\n    return x\n")
    assert groups["lists"] == ("failed", "AssertionError", "AssertionError")


def test_error_is_told_with_the_students_own_line():
    _, groups = _told("table = {}\n\ndef double(x):\n    return table[str(x)]\n")
    assert groups["numbers"] == (
        "crashed", "KeyError: '3' (double.py, line 4)", "KeyError: '3' (double.py, ligne 4)",
    )  # fmt: skip


def test_cell_that_raises_is_noted_by_its_number_and_others_count():
    notes, groups = _told("1 / 0", "def double(x):\n    return 2 * x\n", file="double.ipynb", groups=("numbers",))
    assert notes == [
        [
            "While loading: ZeroDivisionError: division by zero (cell 1, line 1)",
            "Au chargement\u00a0: ZeroDivisionError: division by zero (cellule 1, ligne 1)",
        ]
    ]
    assert groups["numbers"][0] == "passed"


@pytest.mark.parametrize("last", ["import sys\nsys.exit(1)", "raise KeyboardInterrupt"])
def test_end_of_the_program_while_loading_is_noted(last):
    notes, groups = _told(f"def double(x):\n    return 2 * x\n\n{last}\n", groups=("numbers",))
    assert len(notes) == 1 and groups["numbers"][0] == "passed"


def test_unwritten_function_is_not_written_yet():
    _, groups = _told("def double(x):\n    raise NotImplementedError\n", groups=("numbers",))
    assert groups["numbers"] == ("failed", "not written yet", "pas encore écrit")


def test_function_that_is_not_there_is_named():
    _, groups = _told("def dubble(x):\n    return 2 * x\n", groups=("numbers",))
    assert groups["numbers"] == (
        "failed", "your work does not define `double`", "votre travail ne définit pas `double`",
    )  # fmt: skip


def test_import_that_the_check_needs_and_is_gone_is_named():
    _, groups = _told("def double(x):\n    return 2 * x\n", groups=("roots",))
    assert groups["roots"][0] == "failed" and groups["roots"][1].startswith("this check needs `math`")
    _, groups = _told("import math\n\ndef double(x):\n    return 2 * x\n", groups=("roots",))
    assert groups["roots"][0] == "passed"


def test_name_missing_inside_their_own_function_is_their_error():
    _, groups = _told("def double(x):\n    return twice(x)\n", groups=("numbers",))
    assert groups["numbers"][:2] == ("crashed", "NameError: name 'twice' is not defined (double.py, line 2)")


def test_variable_named_like_a_comparison_does_not_hide_it():
    _, groups = _told("same = close = shape = (2, 3)\n\ndef double(x):\n    return 2 * x\n", groups=("numbers",))
    assert groups["numbers"][0] == Outcome.PASSED


def test_check_leaves_the_work_as_it_is():
    _, groups = _told("def double(x):\n    return 2 * x\n", groups=("writes", "numbers"))
    assert groups["numbers"][0] == "passed"


def test_place_in_a_module_is_the_file_and_in_a_notebook_the_cell():
    assert (file_name(0, "a.py"), file_name(3, "a.ipynb")) == ("a.py", "cell 3")
