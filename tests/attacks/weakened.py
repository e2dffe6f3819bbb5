"""A grading process with one protection taken away, to show that the attacks notice; only tests start it.

Covers one weakening per protection, named in the environment. Nothing of the platform knows of this module.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder import wire
from autograder.adapters import suite_process
from autograder.machinery.sandbox import room

NAME = "WEAKENED"


def _without(step: str, shared: bool = False) -> Callable[[], None]:
    """Leaves a step out of the copy of `isolate.py` that workers are started from.

    shared: the folder that each worker would have covered with one of its own is everybody's to write in.
    """

    def weaken() -> None:
        stage = room.stage

        def staged(folder: Path) -> None:
            stage(folder)
            file = folder / "autograder" / "worker" / "isolate.py"
            text = file.read_text(encoding="utf-8")
            if step not in text:
                raise LookupError(step)
            file.write_text(text.replace(step, ""), encoding="utf-8")
            if shared:
                (folder.parent / "scratch").chmod(0o777)

        room.stage = staged

    return weaken


def _inexact_types() -> None:
    """Bytes that hold a pickle become what they were pickled from."""
    decode = wire.decode

    def unpickled(data: bytes | bytearray) -> Any:
        message = decode(data)
        if type(message) is dict and type(value := message.get("value")) is bytes and value[:1] == b"\x80":
            message["value"] = pickle.loads(value)
        return message

    wire.decode = unpickled


def _relative_deadlines() -> None:
    """Every wait starts anew when something came."""
    wire._left = lambda deadline: None if deadline is None else 1.0


WEAKENINGS: dict[str, Callable[[], None]] = {
    "namespaces": _without("_own_namespaces, _own_mounts, ", shared=True),
    "landlock": _without("_no_files_but_these, "),
    "seccomp": _without(" _no_calls_but_these,"),
    "limits": _without("        _limits(cage, address_space, others)\n"),
    "exact types": _inexact_types,
    "deadlines": _relative_deadlines,
}


if __name__ == "__main__":
    WEAKENINGS[os.environ[NAME]]()
    suite_process.main()
