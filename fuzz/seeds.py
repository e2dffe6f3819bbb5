"""Well-formed inputs that a fuzzer starts from, per target."""

from __future__ import annotations

import io
import json
import struct
import tarfile
import zipfile

import numpy as np
import torch

from autograder import wire

_SOURCE = "import torch as t\n\n\ndef double(x):\n    return 2 * x if x else t.softmax(x, -1)\n"
_MAGIC = "%%time\nx = 1\n!ls\n%matplotlib inline\nfor f in (lambda y: y, sorted):\n    f(x)\n"
_VALUES: list[object] = [
    None, True, 3, -(2**70), 2.5, "é", b"x", [1, [2]], (1, ()), {"a": {1: 2}}, {1, 2}, frozenset({3}),
    np.arange(6.0).reshape(2, 3).T, np.float32(1), torch.ones(2, 3, dtype=torch.bfloat16), torch.tensor(True),
    wire.Handle(3, "Model"), wire.Callback(1),
    {"id": b"12345678", "kind": "value", "value": torch.zeros(2), "after": [1], "gradients": [[torch.ones(2)]]},
]  # fmt: skip


def seeds(target: str) -> list[bytes]:
    """What the named target is given first."""
    messages = [wire.encode(value) for value in _VALUES]
    if target == "decoded":
        return messages
    if target == "received":
        return [struct.pack(">I", len(each)) + each for each in messages] + [struct.pack(">I", 2**32 - 1)]
    if target == "date":
        return [b"2026-11-13 22:59:00.5 UTC", b"2026-11-13 22:59:00.5 +0100", b"2026-11-13"]
    if target == "zip_archive":
        return [_zip(zipfile.ZIP_STORED), _zip(zipfile.ZIP_DEFLATED)]
    if target == "tar_archive":
        return [_tar("w"), _tar("w:gz")]
    if target == "notebook":
        cells = [{"cell_type": kind, "source": _SOURCE, "metadata": {"tags": ["try"]}} for kind in ("code", "markdown")]
        return [json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": cells}).encode()]
    return [_SOURCE.encode(), _MAGIC.encode(), "\ufeffx = 'é'".encode()]


def _zip(compression: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        archive.writestr("ada/double.py", _SOURCE)
        archive.writestr("ada/data/", b"")
    return file.getvalue()


def _tar(mode: str) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]
        for name in ("ada/double.py", "a" * 120 + "/é.py"):
            info = tarfile.TarInfo(name)
            info.size = len(_SOURCE)
            archive.addfile(info, io.BytesIO(_SOURCE.encode()))
    return file.getvalue()
