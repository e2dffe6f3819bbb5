"""One isolated worker as the grader sees it: its channel, what it printed, its end.

Covers waiting until it is isolated, keeping the first of its output, watching its folder where no file system does,
killing and reaping, and why it ended. Does not cover what is said over the channel.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.errors import PlatformError
from autograder.machinery.sandbox.budget import Budget
from autograder.machinery.sandbox.scratch import remove

READY = b"\x01"
READY_WITHIN_S = 30.0  # isolation takes milliseconds; a loaded machine may take long to run a process at all
ENDS_WITHIN_S = 10.0  # from SIGKILL to gone
_NOTE_WITHIN_S = 2.0  # a closed channel and the end of the process are not the same instant, on a loaded machine least
_PIECE_BYTES = 65536
_WATCH_EVERY_S = 0.02  # how far a flood of files may run ahead of the watch
_PAUSE_WHEN_FULL_S = 0.001  # a flood of output is read at 64 MB/s at most, so that it costs the grader little
_KIB = 1024
_MAX_DEPTH = 64  # folders in folders; deeper trees only make counting slow
_BLOCK_BYTES = 512  # st_blocks counts these on every file system
_CPU_SLACK_S = 1.0  # the kernel checks the limit on its own ticks


@dataclass(frozen=True)
class Place:
    """A worker's folder on this machine, for tiers whose file system does not limit it."""

    folder: Path
    limited: bool


class WorkerProcess:
    """A worker, from its fork on. Use `channel`; `kill()` when done, always."""

    def __init__(
        self,
        pidfd: int,
        group: int | None,
        channel: socket.socket,
        log: int,
        budget: Budget,
        place: Place | None,
        reap: Callable[[], dict[str, Any] | None],
    ) -> None:
        self.budget = budget
        self._pidfd = pidfd
        self._group = group  # without confinement a worker may start processes: they are in its group
        self._channel = channel
        self._place = place
        self._reap = reap
        self._ready = False
        self._gone = False
        self._killed_by_us = False
        self._note: str | None = None
        self._end: dict[str, Any] | None = None
        self._output = bytearray()
        self._watcher = threading.Thread(target=self._watch, args=(log,), daemon=True, name="worker log")
        self._watcher.start()

    @property
    def channel(self) -> socket.socket:
        """The stream to the worker; waits until it is isolated. Raises PlatformError if it could not be."""
        if not self._ready:
            self._await_ready()
            self._ready = True
        return self._channel

    def log(self) -> str:
        """What the worker has printed so far, the first `log_kib` of it."""
        return bytes(self._output).decode("utf-8", "replace")

    def peak_note(self) -> str | None:
        """What ended the worker: `memory`, `cpu`, `disk`, or `killed` by no doing of its own; None in other cases."""
        if not self._gone and not self._killed_by_us and self._ends_within(_NOTE_WITHIN_S):
            self._collect()
        return self._note

    @property
    def end_signal(self) -> int | None:
        """The signal that ended it, when it was not us who sent it; None while it lives or if it ended by itself."""
        return None if self._end is None or self._killed_by_us else self._end["signal"]

    @property
    def flooded(self) -> bool:
        """Has it printed more than is kept?"""
        return len(self._output) >= self.budget.log_kib * _KIB

    @property
    def peak_mib(self) -> float:
        """Most memory it held at once, pages shared with the warm process included; 0 until it has ended."""
        return float(self._end["peak_mib"]) if self._end else 0.0

    def kill(self) -> None:
        """Ends the worker and whatever it started, and waits until it is gone. Harmless when done twice."""
        if not self._gone:
            self._killed_by_us = not self._has_ended()
            self._signal()
            self._collect()
        self._channel.close()

    def _await_ready(self) -> None:
        self._channel.settimeout(READY_WITHIN_S)
        try:
            said = self._channel.recv(1)
            if said == READY:
                self._channel.settimeout(None)
                return
            if said:
                reason = self._channel.recv(_PIECE_BYTES).decode("utf-8", "replace")
            else:
                reason = f"it ended before ({self.peak_note() or 'by itself'})"
        except OSError as error:
            reason = str(error)
        self.kill()
        raise PlatformError(f"a worker could not be isolated: {reason}. Remedy: run `autograder doctor`.")

    def _ends_within(self, seconds: float) -> bool:
        poll = select.poll()
        poll.register(self._pidfd, select.POLLIN)
        return bool(poll.poll(seconds * 1000))

    def _has_ended(self) -> bool:
        return self._ends_within(0)

    def _signal(self) -> None:
        try:
            if self._group is not None:
                os.killpg(self._group, signal.SIGKILL)
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def _collect(self) -> None:
        if not self._ends_within(ENDS_WITHIN_S):
            raise PlatformError(f"a worker did not end within {ENDS_WITHIN_S:.0f} s of SIGKILL")
        self._end = self._reap()
        self._gone = True
        self._watcher.join(ENDS_WITHIN_S)
        os.close(self._pidfd)
        if self._note is None and not self._killed_by_us:
            self._note = _cause(self._end, self.budget)
        if self._place is not None:
            remove(self._place.folder)

    def _watch(self, log: int) -> None:
        """Drains the log until its last writer is gone, and counts the folder's files meanwhile."""
        limited = self._place is not None and self._place.limited
        pause = threading.Event()
        poll = select.poll()
        poll.register(log, select.POLLIN)
        room = self.budget.log_kib * _KIB
        while True:
            said_something = poll.poll(_WATCH_EVERY_S * 1000 if limited else None)
            if said_something:
                piece = os.read(log, _PIECE_BYTES)
                if not piece:
                    break
                self._output += piece[: room - len(self._output)]
                if len(self._output) >= room:
                    pause.wait(_PAUSE_WHEN_FULL_S)
            if limited and self._place and self._note is None and _is_over(self._place.folder, self.budget):
                self._note = "disk"
                self._signal()
        os.close(log)


def _is_over(folder: Path, budget: Budget) -> bool:
    """Whether a folder holds more than the budget, or files where the watch cannot count; links are not followed."""
    files, size, folders = 0, 0, [(str(folder), 0)]
    while folders:
        path, depth = folders.pop()
        try:
            with os.scandir(path) as entries:
                for entry in entries:
                    files += 1
                    size += entry.stat(follow_symlinks=False).st_blocks * _BLOCK_BYTES
                    if files > budget.tmp_files or size > budget.tmp_mib * _KIB * _KIB or depth > _MAX_DEPTH:
                        return True
                    if entry.is_dir(follow_symlinks=False):
                        folders.append((entry.path, depth + 1))
        except FileNotFoundError:
            continue  # removed meanwhile
        except OSError:
            return True
    return False


def _cause(end: dict[str, Any] | None, budget: Budget) -> str | None:
    """What is behind an end by signal. `{"signal": 9, "cpu_s": 60.2}` with cpu_s=60 -> `cpu`."""
    if end is None:
        return "killed"  # together with the warm process, its parent
    if end["signal"] is None:
        return None
    if end["signal"] == signal.SIGXCPU or (
        end["signal"] == signal.SIGKILL and end["cpu_s"] >= budget.cpu_s - _CPU_SLACK_S
    ):
        return "cpu"
    by_memory = (signal.SIGKILL, signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS)
    if end["signal"] in by_memory and end["peak_mib"] - end["born_mib"] >= budget.memory_mib / 2:
        return "memory"
    return "killed" if end["signal"] == signal.SIGKILL else None  # it cannot send this signal to itself
