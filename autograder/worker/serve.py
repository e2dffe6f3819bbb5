"""What an isolated worker does: load a student's code, answer calls.

Covers loading cell by cell, calls of functions, classes and methods, callbacks to the grader, gradients
and the state of the arguments after a call. Does not cover isolation, which is in force before the first
message is read. Everything here shares a process with the student's code: nothing it says is trusted.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import linecache
import os
import socket
import sys
import types
from collections.abc import Callable
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

import torch
from torch.autograd import grad

from autograder import wire

MODULE = "submission"
_SIGNS_OF_NO_MEMORY = ("DefaultCPUAllocator", "std::bad_alloc")  # in torch's RuntimeError, which has no type for it


def file_name(cell: int) -> str:
    """Name under which a cell's code is compiled, as it shows in tracebacks. `file_name(3) -> "<cell 3>"`"""
    return f"<cell {cell}>"


class Worker:
    """One student's module and the objects it has handed out."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._module = types.ModuleType(MODULE)
        self._objects: list[Any] = []

    def answer(self, message: dict[str, Any]) -> dict[str, Any]:
        """The reply to one message."""
        try:
            if message["op"] == "load":
                return self._load(message)
            return self._call(message)
        except BaseException as error:  # noqa: BLE001 - whatever a student's code raises is an answer
            return {"kind": "error", **_describe(error)}

    def _load(self, message: dict[str, Any]) -> dict[str, Any]:
        for name, content in message["files"].items():
            path = Path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        sys.meta_path.insert(0, _Gate(message["forbidden"]))
        for name in message["forbidden"]:
            _forbid(name)
        sys.modules[MODULE] = self._module
        problems = []
        for number, source in message["cells"]:
            try:
                self._execute(number, source)
            except BaseException as error:  # noqa: BLE001 - a cell that raises must not lose the others
                problems.append((number, _describe(error)))
        names = [name for name in message["requires"] if name in self._module.__dict__]
        return {"kind": "loaded", "problems": problems, "names": names}

    def _execute(self, number: int, source: str) -> None:
        name = file_name(number)
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        tree = ast.parse(source, name)
        exec(compile(tree, name, "exec"), self._module.__dict__)

    def _call(self, message: dict[str, Any]) -> dict[str, Any]:
        target = self._target(message)
        if message["op"] == "get":
            return {"kind": "value", "value": target, "after": None, "gradients": None}
        args, kwargs = self._localise(message["args"]), self._localise(message["kwargs"])
        using = self._localise(message["using"]) | {name: _public(text) for name, text in message["public"].items()}
        leaves = [_watch(args, position) for position in message["wrt"]]
        module = self._module.__dict__
        kept = {name: module[name] for name in using if name in module}
        module.update(using)
        try:
            value = [target(*one, **kwargs) for one in args] if message["op"] == "each" else target(*args, **kwargs)
        finally:
            for name in using:
                module.pop(name, None)
            module.update(kept)
        gradients = [_gradients(value, leaf, message["weights"]) for leaf in leaves] or None
        after = args if message["examine"] else None
        return {"kind": "value", "value": value, "after": after, "gradients": gradients}

    def _target(self, message: dict[str, Any]) -> Any:
        owner = message["owner"]
        if owner is None:
            return self._module.__dict__[message["name"]]
        return getattr(self._objects[owner.id], message["name"])

    def _localise(self, value: Any) -> Any:
        if isinstance(value, wire.Handle):
            return self._objects[value.id]
        if isinstance(value, wire.Callback):
            return functools.partial(self._call_back, value.id)
        if type(value) is list:
            return [self._localise(item) for item in value]
        if type(value) is tuple:
            return tuple(self._localise(item) for item in value)
        if type(value) is dict:
            return {key: self._localise(item) for key, item in value.items()}
        return value

    def _call_back(self, number: int, *args: Any, **kwargs: Any) -> Any:
        """Calls a function of the grader's and waits for its value."""
        request = {"kind": "callback", "id": self._now, "callback": number, "args": list(args), "kwargs": kwargs}
        wire.send(self._channel, wire.encode(request, self._keep))
        reply = wire.decode(wire.receive(self._channel))
        if reply["kind"] == "error":
            raise RuntimeError("the function that was passed in raised an error on these arguments")
        return self._localise(reply["value"])

    def _keep(self, value: Any) -> wire.Handle:
        self._objects.append(value)
        return wire.Handle(len(self._objects) - 1, type(value).__name__)

    def run(self) -> None:
        """Answers until the grader closes the channel."""
        while True:
            try:
                message = wire.decode(wire.receive(self._channel))
            except wire.WireError:
                return
            self._now = message["id"]
            reply = self.answer(message)
            try:
                payload = wire.encode({"id": message["id"], **reply}, self._keep)
            except Exception as error:  # noqa: BLE001 - a student's object may break its own encoding
                payload = wire.encode({"id": message["id"], "kind": "error", **_describe(error)})
            wire.send(self._channel, payload)


@functools.cache
def _public(expression: str) -> Any:
    """A function of the grader's that holds no secret."""
    names: dict[str, Any] = {"torch": torch}
    exec(compile(f"lent = {expression}", "<lent>", "exec"), names)
    return names["lent"]


def _watch(args: list[Any], position: int) -> list[torch.Tensor]:
    """Makes the float tensors in one argument leaves whose gradient can be asked for."""
    leaves: list[torch.Tensor] = []

    def watched(value: Any) -> Any:
        if isinstance(value, torch.Tensor) and value.is_floating_point():
            leaves.append(value.requires_grad_())
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ():
            watched(item)

    watched(args[position])
    return leaves


def _gradients(value: Any, leaves: list[torch.Tensor], weights: Any) -> list[Any]:
    output = value[0] if isinstance(value, (tuple, list)) else value
    scale = torch.ones_like(output) if weights is None else weights
    return list(grad((output * scale).sum(), leaves, allow_unused=True, retain_graph=True))


def _forbid(name: str) -> None:
    """Replaces a dotted name, `torch.softmax`, by a function that says it may not be used."""
    owner_name, _, attribute = name.rpartition(".")
    owner = _find(owner_name)
    if owner is None or not hasattr(owner, attribute):
        return

    # An attribute of a C type cannot be set: the static search finds its use.
    with contextlib.suppress(AttributeError, TypeError):
        setattr(owner, attribute, _Refusal(name))


class _Refusal:
    """Stands in the place of a forbidden function or class: it cannot be called, nor be a base class."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, *_: Any, **__: Any) -> Any:
        raise Forbidden(self._name)

    def __mro_entries__(self, _: tuple[Any, ...]) -> tuple[Any, ...]:
        raise Forbidden(self._name)

    def __instancecheck__(self, _: Any) -> bool:
        return False

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        raise Forbidden(self._name)


class _Gate:
    """Refuses forbidden modules, and forbids names in modules that are imported later."""

    def __init__(self, names: list[str]) -> None:
        self._names = names

    def find_spec(self, module: str, path: Any = None, target: Any = None) -> Any:
        for name in self._names:
            if module == name or module.startswith(f"{name}."):
                raise Forbidden(name)
        inside = [name for name in self._names if name.startswith(f"{module}.")]
        spec = PathFinder.find_spec(module, path, target) if inside else None
        if spec is None or spec.loader is None:
            return None
        loader: Any = spec.loader
        execute = loader.exec_module

        def execute_and_forbid(made: types.ModuleType) -> None:
            execute(made)
            for name in inside:
                _forbid(name)

        loader.exec_module = execute_and_forbid
        return spec


def _find(dotted: str) -> Any:
    parts = dotted.split(".")
    for count in range(len(parts), 0, -1):
        found: Any = sys.modules.get(".".join(parts[:count]))
        if found is not None:
            for part in parts[count:]:
                found = getattr(found, part, None)
            return found
    return None


class Forbidden(Exception):
    """A forbidden API was called; its name is the argument."""


def _describe(error: BaseException) -> dict[str, Any]:
    """What the grader learns of an error: type names and where; the text of an error could carry inputs."""
    cell, line = None, None
    if isinstance(error, SyntaxError) and str(error.filename).startswith("<cell "):
        cell, line = int(str(error.filename)[6:-1]), error.lineno
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith("<cell ") and name.endswith(">"):
            cell, line = int(name[6:-1]), trace.tb_lineno
        trace = trace.tb_next
    names = [cls.__name__ for cls in type(error).__mro__]
    if type(error) is RuntimeError and any(sign in str(error) for sign in _SIGNS_OF_NO_MEMORY):
        names.insert(0, "MemoryError")
    detail = str(error.args[0]) if isinstance(error, Forbidden) and error.args else ""
    return {"names": names, "cell": cell, "line": line, "detail": detail}


_REHEARSED = """
import torch

def work(x, function=None):
    return (function(x) if function else x * 2), {"a": [1, "b", 2.0]}
"""


def rehearse(times: int = 30) -> None:
    """Loads and calls work of its own over and over: workers are born with code that Python has made fast.

    Python 3.11 and later speed up what has run some times; each worker would have to find that out anew.
    """
    value, weights = torch.ones(2, 3).T, torch.ones(3, 2)
    call: dict[str, Any] = {"id": b"", "op": "call", "owner": None, "name": "work", "kwargs": {}}
    call |= {"using": {}, "public": {}}
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for _ in range(times):
            worker = Worker(theirs)
            worker._now = b""
            worker._load({"files": {}, "cells": [(0, _REHEARSED)], "forbidden": [], "requires": ["work"]})
            for wrt in ([0], []):
                message = {**call, "args": [value], "wrt": wrt, "weights": weights, "examine": bool(wrt)}
                wire.send(ours, wire.encode(message))
                reply = worker.answer(wire.decode(wire.receive(theirs)))
                wire.send(theirs, wire.encode({"id": b"", **reply}, worker._keep))
                wire.decode(wire.receive(ours))
            wire.send(ours, wire.encode({"id": b"", "kind": "value", "value": value}))
            worker._call_back(0, value)
            wire.receive(ours)
    sys.modules.pop(MODULE)
    linecache.clearcache()
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, _Gate)]


def serve(channel: socket.socket) -> None:
    """Runs a worker on this channel and ends the process without finalisers.

    Where too little memory is left even to say so, the grader sees it from the signal and the peak.
    """
    handle: Callable[[], None] = Worker(channel).run
    try:
        handle()
    except (MemoryError, RuntimeError):
        os.abort()
    finally:
        os._exit(0)
