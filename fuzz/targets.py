"""What hostile bytes reach first, as functions of bytes that must return or refuse, and nothing else.

Covers the wire format, whole and in pieces from a socket, and the reading of hand-ins: modules, notebooks, dates and
archives. Does not cover student code that runs: that is tests/attacks. An exception that leaves a target is a finding.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from autograder import wire
from autograder.adapters.archive import Caps, unpack
from autograder.adapters.forbidden import find_forbidden
from autograder.adapters.received import parse_timestamp
from autograder.adapters.released import read_released
from autograder.adapters.submission import read_submission
from autograder.errors import SubmissionError

_ROOT = Path(__file__).resolve().parents[1]
_RELEASED = _ROOT / "tests/courses/mini/assignments/double"
_DOUBLE = read_released(_RELEASED)
_SMALL = Caps(archive_mib=1, total_mib=4, file_mib=1, members=200)
_KEEPER = tempfile.TemporaryDirectory(prefix="fuzz-")  # removed when the process ends
_FOLDER = Path(_KEEPER.name)


def decoded(data: bytes) -> None:
    """A message is a value or a WireError, and a value that came in goes out again."""
    try:
        value = wire.decode(data)
    except wire.WireError:
        return
    wire.decode(wire.encode(value))


def received(data: bytes) -> None:
    """Frames from a socket that ends: values or WireError."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            theirs.send(data)
        theirs.shutdown(socket.SHUT_WR)
        with contextlib.suppress(wire.WireError):
            while True:
                wire.decode(wire.receive(ours, time.monotonic() + 5.0))


def module(data: bytes) -> None:
    _read("double.py", data)


def notebook(data: bytes) -> None:
    _read("double.ipynb", data)


def cell(data: bytes) -> None:
    """A notebook that is one, around a cell that may be anything."""
    source = data.decode("utf-8", "replace")
    made = {"cell_type": "code", "source": source, "metadata": {}}
    _read("double.ipynb", json.dumps({"nbformat": 4, "cells": [made]}).encode())


def date(data: bytes) -> None:
    with contextlib.suppress(ValueError, OverflowError):
        parse_timestamp(data.decode("utf-8", "replace"))
    _read("timestamp.txt", data)


def zip_archive(data: bytes) -> None:
    _unpack("work.zip", data)


def tar_archive(data: bytes) -> None:
    _unpack("work.tar", data)


def _read(name: str, data: bytes) -> None:
    file = _FOLDER / name
    file.write_bytes(data)
    try:
        submission = read_submission(_FOLDER, _DOUBLE, _RELEASED, "ada")
    finally:
        file.unlink()
    find_forbidden(submission.cells, ("torch.softmax", "torch.Tensor.softmax", "sorted", "tokenizers"))
    if submission.problem is not None:
        assert submission.problem.en and submission.problem.fr


def _unpack(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory(dir=_FOLDER) as folder:
        archive, into = Path(folder) / name, Path(folder) / "into"
        archive.write_bytes(data)
        into.mkdir()
        with contextlib.suppress(SubmissionError):
            unpack(archive, into, _SMALL)
        assert {each.name for each in os.scandir(folder)} == {name, "into"}
        assert not any(path.is_symlink() for path in into.rglob("*"))


TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each for each in (decoded, received, module, notebook, cell, date, zip_archive, tar_archive)
}
