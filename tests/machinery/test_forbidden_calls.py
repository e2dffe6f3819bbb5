"""What an assignment forbids is refused in the worker, whenever its module is imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder.machinery.faults import StudentFault
from autograder.machinery.proxy import Student
from autograder.machinery.session import Session
from autograder.types import NOTHING, Assignment, Cell, Limits, Outcome, Submission

NAMES = ("torch.nn.LayerNorm", "torch.Tensor.softmax", "torch.fft", "jinja2.Template", "tokenizers", "decimal.Decimal")


@pytest.fixture
def student_of(warm_process) -> Iterator[Callable[[str], Student]]:
    sessions = []

    def start(source: str) -> Student:
        assignment = Assignment(
            "double", NOTHING, "M1", (), Limits(), NAMES, ("f",), (), 1, 1, 1, "shared", (), Path(), "v"
        )
        work = Submission("ada", "double", datetime.now(UTC), "double.py", (Cell(0, source),), "")
        sessions.append(Session(warm_process, assignment, work, {}))
        sessions[-1].begin_test()
        return Student(sessions[-1], [])

    yield start
    for session in sessions:
        session.close()


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import torch\n\ndef f():\n    return torch.nn.LayerNorm(3)\n", "torch.nn.LayerNorm"),
        ("import torch\n\ndef f():\n    class Own(torch.nn.LayerNorm): ...\n", "torch.nn.LayerNorm"),
        ("import torch\n\ndef f():\n    return torch.zeros(2).softmax(0)\n", "torch.Tensor.softmax"),
        ("import torch\n\ndef f():\n    return torch.fft.rfft(torch.zeros(2))\n", "torch.fft"),
        ("def f():\n    from jinja2 import Template\n    return Template('x')\n", "jinja2.Template"),
        ("def f():\n    import tokenizers\n", "tokenizers"),
        ("def f():\n    from tokenizers.models import BPE\n", "tokenizers"),
        ("def f():\n    return getattr(__import__('deci' + 'mal'), 'Dec' + 'imal')(1)\n", "decimal.Decimal"),
    ],
)
def test_forbidden_name_is_refused_with_its_line(student_of, source, name):
    with pytest.raises(StudentFault) as caught:
        student_of(source).f()
    assert caught.value.outcome is Outcome.FAILED
    assert f"your code calls `{name}` at line" in caught.value.text.en
    assert f"votre code appelle `{name}` à la ligne" in caught.value.text.fr


def test_what_lies_beside_a_forbidden_name_stays_allowed(student_of):
    source = "import decimal\nimport torch\nimport jinja2\n\ndef f():\n"
    source += (
        "    ok = isinstance(torch.nn.Linear(2, 2), torch.nn.LayerNorm), jinja2.Environment().from_string('{{ 1 }}')\n"
    )
    source += "    return ok[0], ok[1].render(), torch.nn.Linear(2, 3).out_features\n"
    assert student_of(source).f() == (False, "1", 3)


def test_differently_named_function_of_the_same_use_is_fine(student_of):
    source = "import torch\n\ndef softmax(x):\n    return x.exp() / x.exp().sum()\n\ndef f():\n"
    assert student_of(source + "    return softmax(torch.zeros(2)).tolist()\n").f() == [0.5, 0.5]
