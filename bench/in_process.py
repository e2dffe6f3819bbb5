"""A hidden suite over student code in the same process, as graders without isolation run it.

Covers the floor (many submissions in one warm process), a fresh process per submission (one of them), and the cells of
a notebook. Does not cover isolation: there is none here, and nothing is encoded.

`python -m bench.in_process [--bare] SLUG FILE…` prints a line of JSON for each file when its groups are known.
"""

from __future__ import annotations

import copy
import functools
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import torch
from _pytest.runner import runtestprotocol

from autograder.adapters.authoring import load_reference
from autograder.adapters.course import load_assignment, load_course
from autograder.adapters.suite import group_of
from autograder.adapters.suite_tests import plain
from autograder.machinery.faults import describe
from autograder.machinery.proxy import Student
from autograder.pure.draw import Draw
from autograder.pure.seed import seed_of
from autograder.types import Assignment, Cell
from autograder.worker.serve import Worker

ROOT = Path(__file__).resolve().parents[1]
SECRET = b"the same draws for every contender"
_DATA = (type(None), bool, int, float, str, bytes, np.generic, np.ndarray, torch.Tensor, set, frozenset)
_PYTEST = (
    "no:terminal", "no:cacheprovider", "no:capture", "no:logging", "no:doctest", "no:unraisableexception",
    "no:threadexception", "no:faulthandler", "no:junitxml",
)  # fmt: skip


class _Loaded(Worker):
    """The worker's own way of calling student code, without a channel: callbacks are plain calls."""

    callbacks: Mapping[int, Callable[..., Any]]

    def __init__(self) -> None:
        self._module = ModuleType("submission")
        self._objects = []

    def _call_back(self, number: int, *args: Any, **kwargs: Any) -> Any:
        return self.callbacks[number](*args, **kwargs)

    def shown(self, value: Any) -> Any:
        """A result as the suite sees it: data as it is, objects as handles."""
        if type(value) in (list, tuple):
            return type(value)(map(self.shown, value))
        if type(value) is dict:
            return {key: self.shown(item) for key, item in value.items()}
        return value if isinstance(value, _DATA) else self._keep(value)


class _Kernel:
    """A notebook kernel's names, with the face of a module."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.__dict__ = namespace


class Here:
    """A submission in this very process, with the face of a session: what `Student` asks is called directly."""

    received_bytes = 0
    holds_objects = False

    def __init__(self, assignment: Assignment, source: str, namespace: dict[str, Any] | None = None) -> None:
        self.requires = frozenset(assignment.requires)
        self._cells = (Cell(0, source),)
        self._worker = _Loaded()
        if namespace is not None:
            self._worker._module = _Kernel(namespace)
            return
        files = {f"data/{PurePosixPath(name).name}": (ROOT / name).read_bytes() for name in assignment.files}
        self._worker.answer(
            {"op": "load", "files": files, "cells": [(0, source)], "forbidden": [], "requires": list(self.requires)}
        )

    def request(self, message: dict[str, Any], callbacks: Mapping[int, Callable[..., Any]]) -> dict[str, Any]:
        self._worker.callbacks = callbacks
        if message["examine"]:
            message["args"] = copy.deepcopy(message["args"])  # what is changed must not be what it is compared with
        reply = self._worker.answer(message)
        if reply["kind"] == "error":
            raise describe(reply, self._cells, ())
        return {**reply, "value": self._worker.shown(reply["value"])}

    def type_name(self, name: str) -> str:
        return name


class Collected:
    """A hidden suite collected once; `work` gets the function that runs it over one submission.

    bare: tests are called and costly inputs kept as this project's grader does it; else pytest runs each as it does.
    """

    def __init__(
        self, slug: str, work: Callable[[Callable[[Here], dict[str, bool]]], None], bare: bool = False
    ) -> None:
        self._bare = bare
        self._drawn: dict[tuple[int, int], tuple[Any, Any]] = {}
        self.assignment = load_assignment(load_course(ROOT), slug)
        self._reference = load_reference(self.assignment)
        self._work = work
        self._student: Student | None = None
        torch.set_num_threads(1)
        options = [word for plugin in _PYTEST for word in ("-p", plugin)]
        options += ["--assert=plain", "--noconftest", "--import-mode=importlib", "-c", os.devnull]
        code = pytest.main([*options, str(self.assignment.suite)], plugins=[self])
        assert code == pytest.ExitCode.OK, code

    @pytest.fixture
    def student(self) -> Student | None:
        return self._student

    @pytest.fixture
    def reference(self) -> ModuleType:
        return self._reference

    @pytest.fixture
    def draw(self, request: pytest.FixtureRequest) -> Draw:
        return self._draw(request.node.name, {})

    def _draw(self, test: str, drawn: dict[tuple[int, int], tuple[Any, Any]]) -> Draw:
        return Draw(seed_of(SECRET, self.assignment.slug, test), drawn)

    def pytest_configure(self, config: pytest.Config) -> None:
        config.addinivalue_line("markers", "group(id): the check group a test belongs to")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._work(functools.partial(self._groups_of, session.items))
        return True

    def _groups_of(self, items: Iterable[pytest.Item], here: Here) -> dict[str, bool]:
        """Which groups a submission earns."""
        earned: dict[str, bool] = {}
        for item in items:
            self._student = Student(here, [])
            passed = self._called(item) if self._bare else self._reported(item)
            group = group_of(item)
            earned[group] = earned.get(group, True) and passed
        return earned

    def _reported(self, item: pytest.Item) -> bool:
        return all(report.passed for report in runtestprotocol(item, log=False, nextitem=None))

    def _called(self, item: pytest.Item) -> bool:
        fixtures = {
            "student": lambda: self._student, "reference": lambda: self._reference,
            "draw": lambda: self._draw(item.name, self._drawn),
        }  # fmt: skip
        test = plain(item, frozenset(fixtures))
        if test is None:
            return self._reported(item)
        try:
            test.run(fixtures)
        except Exception:  # noqa: BLE001 - a test that raises has failed
            return False
        return True


_SEEN: dict[str, bool] = {}


def earned_in_notebook(slug: str, group: str, namespace: dict[str, Any]) -> None:
    """Fails when the kernel's code does not earn a group; the suite is run at the first group that is asked for."""
    if not _SEEN:

        def work(groups_of: Callable[[Here], dict[str, bool]]) -> None:
            _SEEN.update(groups_of(Here(load_assignment(load_course(ROOT), slug), "", namespace)))

        Collected(slug, work)
    assert _SEEN[group], group


def main() -> None:
    """Grades the files of one assignment, one after the other."""
    bare = sys.argv[1] == "--bare"
    slug, *files = sys.argv[1 + bare :]
    assignment = load_assignment(load_course(ROOT), slug)

    def work(groups_of: Callable[[Here], dict[str, bool]]) -> None:
        for file in files:
            earned = groups_of(Here(assignment, Path(file).read_text(encoding="utf-8")))
            points = sum(group.points for group in assignment.groups if earned[group.id])
            print(json.dumps({"at": time.time(), "points": points}), flush=True)

    Collected(slug, work, bare)


if __name__ == "__main__":
    main()
