"""The private folder of a grading process, and the removal of those that killed graders left behind.

Covers making, holding and removing it. A lock on the folder, which the kernel lifts when its holder dies, tells a
folder in use from one left behind. Does not cover what is laid out in it.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import tempfile
import time
from pathlib import Path

_PREFIX = "autograder-scratch-"  # of nothing else: what is left behind under it is removed
_PASS_THROUGH = 0o711  # other uids reach a folder they were told of, and can list nothing
_LEFT_AFTER_S = 60.0  # a younger one may belong to a grader that is about to lock it


def remove(folder: Path) -> None:
    """Removes a folder however deep, as far as it may; recursion and long paths would end at some depth."""
    try:
        while _remove_layer(folder):
            pass
        folder.rmdir()
    except OSError:
        return  # the next grader tries again


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _remove_layer(folder: Path) -> bool:
    """Removes what is in a folder and brings what is in its folders up into it; False when it was empty."""
    found = list(folder.iterdir())
    for path in found:
        if not _is_folder(path):
            path.unlink()
            continue
        for inner in list(path.iterdir()):
            if _is_folder(inner):
                inner.rename(folder / secrets.token_hex())
            else:
                inner.unlink()
        path.rmdir()
    return bool(found)


def _lock(folder: Path) -> int | None:
    """A descriptor that holds the folder, or None when another process does."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _remove_left_behind(parent: Path) -> None:
    for folder in parent.glob(f"{_PREFIX}*"):
        try:
            found = folder.lstat()
            if found.st_uid != os.geteuid() or time.time() - found.st_mtime < _LEFT_AFTER_S:
                continue
            held = _lock(folder)
        except OSError:
            continue  # another grader removed it meanwhile
        if held is not None:
            remove(folder)
            os.close(held)


class Scratch:
    """A new private folder; `path` is valid until `close()`."""

    def __init__(self) -> None:
        parent = Path(tempfile.gettempdir())
        _remove_left_behind(parent)
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        self._held = _lock(self.path)
        self.path.chmod(_PASS_THROUGH)

    def close(self) -> None:
        """Removes the folder and all that is in it."""
        remove(self.path)
        if self._held is not None:
            os.close(self._held)
            self._held = None
