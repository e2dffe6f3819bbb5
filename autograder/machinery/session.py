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
from autograder.errors import PlatformError
from autograder.machinery import oddities
from autograder.machinery.alarm import Alarm
from autograder.machinery.faults import StudentFault, describe, limit, misbehaved, missing, not_loaded
from autograder.machinery.sandbox import Budget, WarmProcess, WorkerProcess
from autograder.machinery.weight import weight
from autograder.types import Assignment, Submission, Text

_PYTHON_TYPES = {name for name, value in vars(builtins).items() if isinstance(value, type)}
_PYTHON_TYPES |= {value.__name__ for value in vars(types).values() if isinstance(value, type)}
_PYTHON_TYPES |= {"dict_keys", "dict_values", "dict_items"}

MAX_TEST_BYTES = 256 * 2**20  # of memory that what a student's code sends may take in one test
_NAME_CHARACTERS = 100  # of a type's name: longer ones are made to be costly, not to be read
_LOADED_BYTES = 2**20  # names and errors: more has no reason to come when work is loaded

Callbacks = Mapping[int, Callable[..., Any]]


class Interrupted(PlatformError):
    """A worker was ended by somebody else: nothing is known of the work, which must be run again."""


class Session:
    """A submission in a worker. `begin_test()` before each test, `with session.alarm:` around what it does itself;
    `request(...)` raises StudentFault."""

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
        self.alarm = Alarm(lambda: self._deadline)
        self.names: frozenset[str] = frozenset()
        self.problems: tuple[Text, ...] = ()
        self.asked: set[str] = set()  # names of the student's that the current test has called
        self.peak_mib = 0.0  # most memory that a worker of this session held, once it has ended
        self.received_bytes = 0  # of memory that everything its workers sent takes, or took
        self._test_bytes = 0  # of memory that the current test was sent
        self.holds_objects = False  # does the current test hold objects that live in the worker?
        self.interrupted = False  # was one of its workers killed by somebody else?
        self._lent: set[str] = set()  # functions whose trusted version this worker could ask, and remember
        self._unusual: dict[Text, None] = {}

    def begin_test(self) -> None:
        """Gives the next test its own time, and a fresh worker where the last one was lost."""
        self.asked.clear()
        self.holds_objects = False
        self._test_bytes = 0
        self._begin_worker()
        self._deadline = min(time.monotonic() + self._limits.test_s, self._ends)

    def request(self, message: dict[str, Any], callbacks: Callbacks) -> dict[str, Any]:
        """Sends one message and returns the reply; answers the worker's callbacks meanwhile."""
        with self.alarm.held():
            return self._request(message, callbacks)

    def _request(self, message: dict[str, Any], callbacks: Callbacks) -> dict[str, Any]:
        if message["owner"] is None:
            self.asked.add(message["name"])
            if message["name"] in self._lent - _lent_in(message) and not self.holds_objects:
                self._renew_worker()
        if self._load_fault is not None:
            raise self._load_fault
        if self._worker is None:
            raise limit("lost")
        if message["owner"] is None and message["name"] not in self.names:
            raise missing(message["name"], self.problems)
        self._lent |= _lent_in(message) | {getattr(each, "__name__", "") for each in callbacks.values()}
        return self._exchange(message, callbacks)

    def type_name(self, name: str) -> str:
        """A type's name as it may be shown: Python's own or a word of the student's source, else `object`.

        A name made while the code runs could carry hidden inputs, as the text of an error could.
        """
        if not 0 < len(name) <= _NAME_CHARACTERS:
            return "object"
        word = re.compile(rf"\b{re.escape(name)}\b")
        known = name in _PYTHON_TYPES or any(word.search(cell.source) for cell in self._submission.cells)
        return name if known else "object"

    def unreadable(self) -> StudentFault:
        """The fault of a reply that is well formed and cannot be the answer; the instructor is told too.

        Its worker is ended: a reply that was forged may be followed by the one that was due.
        """
        self._unusual[oddities.UNREADABLE] = None
        with self.alarm.held():
            self._end_worker()
        return misbehaved()

    @property
    def unusual(self) -> tuple[Text, ...]:
        """What its workers did that work has no reason to do, for the instructor."""
        return tuple(self._unusual)

    def close(self) -> None:
        self._end_worker()

    def _begin_worker(self) -> None:
        if self._worker is None and self._load_fault is None:
            self._deadline = self._ends
            try:
                self._load()
            except StudentFault as fault:
                self._load_fault = StudentFault(fault.outcome, not_loaded(fault), fault.names)
                self._end_worker()

    def _renew_worker(self) -> None:
        """A fresh worker in the midst of a test: what it is asked next, the last one could have heard from us."""
        began, deadline = time.monotonic(), self._deadline
        self._end_worker()
        self._begin_worker()
        self._deadline = min(deadline + time.monotonic() - began, self._ends)

    def _fork(self, budget: Budget) -> None:
        """A worker that is isolated and waits; the time this takes is the machine's, not the student's."""
        began = time.monotonic()
        self._worker = self._warm.fork(budget)
        try:
            self._channel = self._worker.channel
        except PlatformError:
            if self._worker.peak_note() != "killed":
                raise
            raise self._interrupt() from None
        self._ends += time.monotonic() - began

    def _load(self) -> None:
        limits = self._limits
        budget = Budget(
            memory_mib=limits.memory_mib,
            cpu_s=int(limits.submission_s) + 1,
            tmp_mib=limits.files_mib,
            file_mib=limits.files_mib,
            processes=limits.processes,
            log_kib=limits.output_kib,
        )
        self._fork(budget)
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
            _LOADED_BYTES,
        )
        try:
            names, problems = reply["names"], reply["problems"]
            if type(names) is not list or type(problems) is not list or len(problems) > len(self._submission.cells):
                raise TypeError("names and problems are lists, of a problem a cell at most")
            self.names = frozenset(name for name in self.requires if name in names)
            faults = [self._described(error) for _, error in problems]
        except (KeyError, TypeError, ValueError):
            self._unusual[oddities.UNREADABLE] = None
            raise misbehaved() from None
        self.problems = tuple(not_loaded(fault) for fault in faults)

    def _exchange(
        self, message: dict[str, Any], callbacks: Callbacks, max_bytes: int = wire.MAX_BYTES
    ) -> dict[str, Any]:
        assert self._worker is not None
        channel, number = self._channel, secrets.token_bytes(8)
        try:
            wire.send(channel, wire.encode({"id": number, **message}), self._deadline)
            while True:
                payload = wire.receive(channel, self._deadline, max_bytes)
                with self.alarm.let():
                    reply = wire.decode(payload)
                    size = weight(reply)
                self.received_bytes += size
                self._test_bytes += size
                if self._test_bytes > MAX_TEST_BYTES:
                    raise limit("looking")
                if type(reply) is not dict or (type(reply.get("id")), reply.get("id")) != (bytes, number):
                    raise wire.WireError("a reply to no question came")
                if type(reply.get("kind")) is not str:
                    raise wire.WireError("a reply of no kind came")
                if reply["kind"] != "callback":
                    return self._checked(reply)
                with self.alarm.let():
                    said = _called_back(reply, callbacks)
                wire.send(channel, wire.encode({"id": number, **said}), self._deadline)
        except wire.Late:
            self._end_worker()
            raise limit("time") from None
        except wire.Closed:
            cause = self._worker.peak_note()
            if cause == "killed":
                raise self._interrupt() from None
            self._unusual[oddities.ended(cause, self._worker.end_signal)] = None
            self._end_worker()
            raise limit(cause or "lost") from None
        except wire.WireError:
            self._unusual[oddities.UNREADABLE] = None
            self._end_worker()
            raise misbehaved() from None

    def _interrupt(self) -> Interrupted:
        self._end_worker()
        self.interrupted = True
        return Interrupted("a worker, or the process it was forked from, was killed while it worked")

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
            self._lent.clear()


def _lent_in(message: dict[str, Any]) -> set[str]:
    """Names of the student's functions that are replaced during this request."""
    return {*message["using"], *message["public"]}


def _called_back(reply: dict[str, Any], callbacks: Callbacks) -> dict[str, Any]:
    """What a trusted function says when a student's code calls it; the student's arguments may be anything."""
    number, args, kwargs = reply.get("callback"), reply.get("args"), reply.get("kwargs")
    if type(number) is not int or number not in callbacks or type(args) is not list or type(kwargs) is not dict:
        raise wire.WireError("a malformed callback came")
    try:
        return {"kind": "value", "value": callbacks[number](*args, **kwargs)}
    except wire.Late:
        raise
    except Exception:  # noqa: BLE001 - a trusted function may reject a student's arguments in any way
        return {"kind": "error"}
