"""A student's work in a real worker, in the strongest tier this machine offers."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder.machinery.sandbox import WarmProcess, strongest_tier
from autograder.machinery.session import Session
from autograder.types import NOTHING, Assignment, Cell, Limits, Submission

NAMES = ("f", "g", "spoil", "Model", "absent")
FORBIDDEN = ("torch.softmax", "torch.nn.functional.softmax")


@pytest.fixture(scope="session")
def warm_process() -> Iterator[WarmProcess]:
    with WarmProcess(strongest_tier()) as process:
        yield process


@pytest.fixture
def hand_in(warm_process: WarmProcess) -> Iterator[Callable[..., Session]]:
    """`hand_in("def f(x): ...", test_s=1)` is a session whose first test has begun; several cells may be given."""
    sessions = []

    def start(*cells: str, files: dict[str, bytes] | None = None, **limits: float) -> Session:
        numbered = enumerate(cells, 1) if len(cells) > 1 else ((0, cell) for cell in cells)
        sources = tuple(Cell(number, textwrap.dedent(source)) for number, source in numbered)
        assignment = Assignment(
            "double", NOTHING, "M1", (), Limits(**limits), FORBIDDEN, NAMES, (), 1, 1, 1, "shared", (), Path(), "v"
        )
        submission = Submission("ada", "double", datetime.now(UTC), "double.py", sources, "")
        session = Session(warm_process, assignment, submission, files or {})
        sessions.append(session)
        session.begin_test()
        return session

    yield start
    for session in sessions:
        session.close()
