"""One student's worker, kept alive through a suite.

Covers loading, requests with deadlines, callbacks, and a fresh worker after a crash, a hang or a memory
blow-up, so that each costs its own test only. Does not cover what is asked (the proxy) or judged (the suite).
"""

from __future__ import annotations

import builtins
import re
import secrets
import time
import types
from collections.abc import Callable, Mapping
from typing import Any

from autograder import wire
from autograder.machinery import oddities
from autograder.machinery.faults import StudentFault, describe, limit, misbehaved, missing, not_loaded
from autograder.machinery.sandbox import Budget, WarmProcess, WorkerProcess
from autograder.types import Assignment, Submission, Text

_PYTHON_TYPES = {name for name, value in vars(builtins).items() if isinstance(value, type)}
_PYTHON_TYPES |= {value.__name__ for value in vars(types).values() if isinstance(value, type)}
_PYTHON_TYPES |= {"dict_keys", "dict_values", "dict_items"}

Callbacks = Mapping[int, Callable[..., Any]]


class Session:
    """A submission in a worker. `begin_test()` before each test; `request(...)` raises StudentFault."""

    def __init__(
        self, warm: WarmProcess, assignment: Assignment, submission: Submission, files: dict[str, bytes]
    ) -> None:
        self._warm = warm
        self._assignment = assignment
        self._submission = submission
        self._files = files
        self._limits = assignment.limits
        self._worker: WorkerProcess | None = None
        self._load_fault: StudentFault | None = None
        self.requires = frozenset(assignment.requires)
        self._ends = time.monotonic() + self._limits.submission_s
        self._deadline = self._ends
        self.names: frozenset[str] = frozenset()
        self.problems: tuple[Text, ...] = ()
        self.asked: set[str] = set()  # names of the student's that the current test has called
        self.peak_mib = 0.0  # most memory that a worker of this session held, once it has ended
        self._unusual: dict[Text, None] = {}

    def begin_test(self) -> None:
        """Gives the next test its own time, and a fresh worker where the last one was lost."""
        self._deadline = self._ends
        self.asked.clear()
        if self._worker is None and self._load_fault is None:
            try:
                self._load()
            except StudentFault as fault:
                self._load_fault = StudentFault(fault.outcome, not_loaded(fault), fault.names)
                self._end_worker()
        self._deadline = min(time.monotonic() + self._limits.test_s, self._ends)

    def request(self, message: dict[str, Any], callbacks: Callbacks) -> dict[str, Any]:
        """Sends one message and returns the reply; answers the worker's callbacks meanwhile."""
        if message["owner"] is None:
            self.asked.add(message["name"])
        if self._load_fault is not None:
            raise self._load_fault
        if self._worker is None:
            raise limit("lost")
        if message["owner"] is None and message["name"] not in self.names:
            raise missing(message["name"], self.problems)
        return self._exchange(message, callbacks)

    def type_name(self, name: str) -> str:
        """A type's name as it may be shown: Python's own or a word of the student's source, else `object`.

        A name made while the code runs could carry hidden inputs, as the text of an error could.
        """
        word = re.compile(rf"\b{re.escape(name)}\b")
        known = name in _PYTHON_TYPES or any(word.search(cell.source) for cell in self._submission.cells)
        return name if name and known else "object"

    def unreadable(self) -> StudentFault:
        """The fault of a reply that is well formed and cannot be the answer; the instructor is told too."""
        self._unusual[oddities.UNREADABLE] = None
        return misbehaved()

    @property
    def unusual(self) -> tuple[Text, ...]:
        """What its workers did that work has no reason to do, for the instructor."""
        return tuple(self._unusual)

    def close(self) -> None:
        self._end_worker()

    def _load(self) -> None:
        budget = Budget(memory_mib=self._limits.memory_mib, cpu_s=int(self._limits.submission_s) + 1)
        self._worker = self._warm.fork(budget)
        self._deadline = min(time.monotonic() + self._limits.load_s, self._ends)
        reply = self._exchange(
            {
                "op": "load",
                "cells": [(cell.number, cell.source) for cell in self._submission.cells],
                "files": self._files,
                "forbidden": list(self._assignment.forbidden),
                "requires": list(self._assignment.requires),
            },
            {},
        )
        try:
            self.names = frozenset(reply["names"])
            if len(reply["problems"]) > len(self._submission.cells):
                raise ValueError("more problems than cells")
            faults = [self._described(error) for _, error in reply["problems"]]
        except (KeyError, TypeError, ValueError):
            self._unusual[oddities.UNREADABLE] = None
            raise misbehaved() from None
        self.problems = tuple(not_loaded(fault) for fault in faults)

    def _exchange(self, message: dict[str, Any], callbacks: Callbacks) -> dict[str, Any]:
        assert self._worker is not None
        channel, number = self._worker.channel, secrets.token_bytes(8)
        try:
            wire.send(channel, wire.encode({"id": number, **message}), self._deadline)
            while True:
                reply = wire.decode(wire.receive(channel, self._deadline))
                if type(reply) is not dict or (type(reply.get("id")), reply.get("id")) != (bytes, number):
                    raise wire.WireError("a reply to no question came")
                if type(reply.get("kind")) is not str:
                    raise wire.WireError("a reply of no kind came")
                if reply["kind"] != "callback":
                    return self._checked(reply)
                wire.send(channel, wire.encode({"id": number, **_called_back(reply, callbacks)}), self._deadline)
        except wire.Late:
            self._end_worker()
            raise limit("time") from None
        except wire.Closed:
            cause = self._worker.peak_note()
            self._unusual[oddities.ended(cause, self._worker.end_signal)] = None
            self._end_worker()
            raise limit(cause or "lost") from None
        except wire.WireError:
            self._unusual[oddities.UNREADABLE] = None
            self._end_worker()
            raise misbehaved() from None

    def _checked(self, reply: dict[str, Any]) -> dict[str, Any]:
        if reply["kind"] == "error":
            try:
                raise self._described(reply)
            except (KeyError, TypeError, ValueError):
                raise wire.WireError("a malformed error came") from None
        if reply["kind"] not in ("value", "loaded"):
            raise wire.WireError("a reply of unknown kind came")
        return reply

    def _described(self, error: dict[str, Any]) -> StudentFault:
        return describe(error, self._submission.cells, self._assignment.forbidden)

    def _end_worker(self) -> None:
        if self._worker is not None:
            self._worker.kill()
            self.peak_mib = max(self.peak_mib, self._worker.peak_mib)
            if self._worker.flooded:
                self._unusual[oddities.printed_too_much(self._worker.budget.log_kib)] = None
            self._worker = None


def _called_back(reply: dict[str, Any], callbacks: Callbacks) -> dict[str, Any]:
    """What a trusted function says when a student's code calls it; the student's arguments may be anything."""
    number, args, kwargs = reply.get("callback"), reply.get("args"), reply.get("kwargs")
    if type(number) is not int or number not in callbacks or type(args) is not list or type(kwargs) is not dict:
        raise wire.WireError("a malformed callback came")
    try:
        return {"kind": "value", "value": callbacks[number](*args, **kwargs)}
    except Exception:  # noqa: BLE001 - a trusted function may reject a student's arguments in any way
        return {"kind": "error"}
