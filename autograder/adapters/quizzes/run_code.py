"""Runs the code of a question in the sandbox, as a student's code is run.

Covers what it prints and the tensor it computes. Does not cover whether that is the key (`usecases.quizzes.check`).
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import torch

from autograder.machinery.faults import StudentFault
from autograder.machinery.proxy import Student
from autograder.machinery.sandbox import WarmProcess
from autograder.machinery.session import Session
from autograder.types import NOTHING, Assignment, Cell, Limits, Submission

_PRINTS = """
import ast, contextlib, io

def _run(source):
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    scope = {{"__name__": "__main__"}}
    exec(compile(tree, "code", "exec"), scope)
    if last is not None:
        value = eval(compile(ast.Expression(last.value), "code", "eval"), scope)
        if value is not None:
            print(repr(value))

def answer():
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            _run({source!r})
        except Exception as error:
            print(type(error).__name__)
    return printed.getvalue()
"""
_COMPUTES = """
import torch

def answer():
    scope = {{}}
    try:
        exec(compile({source!r}, "code", "exec"), scope)
        return torch.as_tensor(scope["answer"]).tolist()
    except Exception as error:
        return f"raises {{type(error).__name__}}: {{error}}"
"""


class CodeFailed(ValueError):
    """The code gave no answer; the message says why, as the end of a sentence."""


def printed(warm: WarmProcess, source: str) -> str:
    """What code prints; its last expression prints its value, an error its name. Raises CodeFailed."""
    value = _answer(warm, _PRINTS.format(source=source))
    if not isinstance(value, str):
        raise CodeFailed("prints nothing that can be read")
    return value.strip("\n ")


def computed(warm: WarmProcess, source: str) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """Shape and flat cells of the variable `answer` that code leaves. Raises CodeFailed."""
    value = _answer(warm, _COMPUTES.format(source=source))
    if isinstance(value, str):
        raise CodeFailed(" ".join(value.split())[:200])
    try:
        tensor = torch.tensor(value, dtype=torch.float64)
    except (TypeError, ValueError, RuntimeError):
        raise CodeFailed("leaves no tensor in 'answer'") from None
    return tuple(tensor.shape), tuple(tensor.flatten().tolist())


def _answer(warm: WarmProcess, module: str) -> object:
    now = datetime.now(UTC)
    session = Session(warm, _STAND_IN, Submission("quiz", "quiz", now, "quiz.py", (Cell(0, module),), ""), {})
    try:
        session.begin_test()
        return Student(session, []).answer()
    except StudentFault as fault:
        raise CodeFailed(f"gives no answer: {fault.text.en}") from None
    finally:
        session.close()


_STAND_IN = Assignment(
    slug="quiz",
    title=NOTHING,
    module="",
    groups=(),
    limits=Limits(),
    forbidden=(),
    requires=("answer",),
    files=(),
    difficulty=1,
    importance=1,
    minutes=1,
    draws="shared",
    mistakes=(),
    folder=Path(),
    version="",
)
