"""The `student` that hidden suites see: their functions and classes, in another process.

Covers calls, classes and methods through handles, replaced upstream functions, trusted callbacks, gradients
and changed inputs, and the record of what came back. Does not cover comparisons (`autograder.checks`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import torch

from autograder import wire
from autograder.checks import Examined, Public, same_data
from autograder.machinery.faults import StudentFault, misbehaved
from autograder.machinery.session import Session

Lent: TypeAlias = Callable[..., Any] | Public
MAX_RECORDED_BYTES = 128 * 2**20  # of one submission's results, kept until its mistakes are recognised


class Student:
    """A submission's functions and classes by name. `student.softmax(x)` runs in the worker."""

    def __init__(self, session: Session, record: list[Any], using: dict[str, Lent] | None = None) -> None:
        self._session = session
        self._record = record
        self._using = using or {}

    def __getattr__(self, name: str) -> Function:
        if name not in self._session.requires:
            raise AttributeError(f"{name!r} is not among the names that assignment.yaml requires of students")
        return Function(self, None, name)

    def using(self, **functions: Lent) -> Student:
        """The same student with functions of theirs replaced by trusted ones, for the length of each call.

        They run in the grader, but for those with nothing to hide, which run in the worker.
        """
        return Student(self._session, self._record, {**self._using, **functions})

    def _ask(
        self, op: str, owner: wire.Handle | None, name: str, args: Any, kwargs: Any, **more: Any
    ) -> dict[str, Any]:
        callbacks: dict[int, Callable[..., Any]] = {}
        public = {name: lent.expression for name, lent in self._using.items() if isinstance(lent, Public)}
        trusted = {name: lent for name, lent in self._using.items() if name not in public}
        message = {
            "op": op,
            "owner": owner,
            "name": name,
            "args": _outgoing(list(args), callbacks),
            "kwargs": _outgoing(kwargs, callbacks),
            "using": _outgoing(trusted, callbacks),
            "public": public,
            "wrt": list(more.get("wrt", ())),
            "weights": more.get("weights"),
            "examine": "wrt" in more,
        }
        try:
            reply = self._session.request(message, callbacks)
        except StudentFault as fault:
            self._record.append(("error", fault.names[0]))
            raise
        reply["value"] = self._incoming(reply.get("value"))
        # What is too much to keep equals nothing, so that no mistake is recognised in it.
        keeps = self._session.received_bytes <= MAX_RECORDED_BYTES
        self._record.append(("value", reply["value"] if keeps else object()))
        return reply

    def _incoming(self, value: Any) -> Any:
        if isinstance(value, wire.Handle):
            self._session.holds_objects = True
            return Object(self, value)
        if type(value) is list:
            return [self._incoming(item) for item in value]
        if type(value) is tuple:
            return tuple(self._incoming(item) for item in value)
        if type(value) is dict:
            return {key: self._incoming(item) for key, item in value.items()}
        return value


class Function:
    """A function, class or method of the student's; calling it runs it in the worker."""

    def __init__(self, student: Student, owner: wire.Handle | None, name: str) -> None:
        self._student = student
        self._owner = owner
        self._name = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._student._ask("call", self._owner, self._name, args, kwargs)["value"]

    def each(self, *arguments: tuple[Any, ...], **common: Any) -> list[Any]:
        """The results of one call after the other, in one trip. `student.f.each((1, 2), (3, 4)) -> [f(1, 2), f(3, 4)]`

        `common` goes with every call. Raises StudentFault where any of them fails.
        """
        values = self._student._ask("each", self._owner, self._name, arguments, common)["value"]
        if type(values) is not list or len(values) != len(arguments):
            raise self._student._session.unreadable()
        return values

    def examine(self, args: tuple[Any, ...], kwargs: dict[str, Any], wrt: tuple[int, ...], weights: Any) -> Examined:
        """The result with the arguments that were changed and the gradients asked for."""
        reply = self._student._ask("call", self._owner, self._name, args, kwargs, wrt=wrt, weights=weights)
        after, gradients = reply.get("after"), reply.get("gradients") or []
        if type(after) is not list or len(after) != len(args):
            raise self._student._session.unreadable()
        if type(gradients) is not list or len(gradients) != len(wrt):
            raise self._student._session.unreadable()
        data = [(i, old, new) for i, (old, new) in enumerate(zip(args, after, strict=True)) if not callable(old)]
        mutated = tuple(i for i, old, new in data if not same_data(new, old))
        return Examined(
            reply["value"], mutated, tuple(_shaped(g, args[i]) for g, i in zip(gradients, wrt, strict=True))
        )


class Object:
    """An object that stays in the worker. `model.forward(x)` calls a method, `model.get("d")` reads an attribute."""

    def __init__(self, student: Student, handle: wire.Handle) -> None:
        self._student = student
        self._handle = handle

    @property
    def type_name(self) -> str:
        return self._student._session.type_name(self._handle.type_name)

    def get(self, name: str) -> Any:
        """The value of an attribute."""
        return self._student._ask("get", self._handle, name, (), {})["value"]

    def __getattr__(self, name: str) -> Function:
        if name.startswith("__"):
            raise AttributeError(name)
        return Function(self._student, self._handle, name)


def _outgoing(value: Any, callbacks: dict[int, Callable[..., Any]]) -> Any:
    if isinstance(value, Object):
        return value._handle
    if type(value) is list:
        return [_outgoing(item, callbacks) for item in value]
    if type(value) is tuple:
        return tuple(_outgoing(item, callbacks) for item in value)
    if type(value) is dict:
        return {key: _outgoing(item, callbacks) for key, item in value.items()}
    if callable(value) and not isinstance(value, torch.Tensor):
        callbacks[len(callbacks)] = value
        return wire.Callback(len(callbacks) - 1)
    return value


def _shaped(gradients: Any, argument: Any) -> Any:
    """A gradient in the structure of its argument: a tensor for a tensor, a dict for a dict of weights."""
    if type(gradients) is not list:
        raise misbehaved()
    left = iter(gradients)

    def fill(value: Any) -> Any:
        if isinstance(value, torch.Tensor):
            return next(left, None) if value.is_floating_point() else None
        if isinstance(value, dict):
            return {key: fill(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return type(value)(fill(item) for item in value)
        return None

    return fill(argument)
