"""The grader's handle on its warm process: start it in its room, have workers forked, end it.

Covers the control channel, one restart when it dies, and the workers' folders. Does not cover which tier to use
(probes) nor how a worker isolates itself (autograder.worker.isolate).
"""

from __future__ import annotations

import itertools
import json
import os
import secrets
import select
import signal
import socket
import subprocess
import tempfile
import threading
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from autograder.errors import PlatformError
from autograder.machinery.sandbox import room
from autograder.machinery.sandbox.budget import Budget, Tier
from autograder.machinery.sandbox.scratch import Scratch
from autograder.machinery.sandbox.uids import UIDS, workers_may_have_own
from autograder.machinery.sandbox.worker_process import Place, WorkerProcess

_STARTS_WITHIN_S = 120.0  # torch from a cold disk
_ANSWERS_WITHIN_S = 30.0
_STOPS_WITHIN_S = 3.0  # after its control channel closed
_MESSAGE_BYTES = 65536
_REASON_BYTES = 4096  # the end of what a failed warm process printed
_SEED_BITS = 63
_DOCTOR = "run `autograder doctor`, which tries every condition"
_WARM = "warm"  # the warm process's own folder: torch writes a little when it is imported


class _Gone(Exception):
    """The warm process is not there; the text says what it printed last."""


class WarmProcess:
    """One per grading process. `start()` returns at once; the first `fork` waits until torch is imported.

    serve_source: Python text run in workers instead of `autograder/worker/serve.py`, for tests and probes: `serve`
    and, where torch is preloaded, `rehearse`.
    preload: False leaves torch out, for probes.
    """

    def __init__(self, tier: Tier, *, serve_source: str | None = None, preload: bool = True) -> None:
        self.tier: Tier = tier
        self._serve_source = serve_source
        self._preload = preload
        self._lock = threading.RLock()
        self._numbers = itertools.count(1)
        self._own_uids = False
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> WarmProcess:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Starts the process; harmless when it runs. Raises PlatformError when the tier cannot be had here."""
        with self._lock:
            if self._process is None:
                self._launch()

    def close(self) -> None:
        """Ends the warm process and with it every worker, and removes the workers' folders."""
        with self._lock:
            if self._process is None:
                return
            process, self._process = self._process, None
            self._control.close()  # it ends by itself when it sees this
            try:
                process.wait(_STOPS_WITHIN_S)
            except subprocess.TimeoutExpired:
                if self._pidfd is not None:
                    signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
                process.kill()
                process.wait()
            if self._pidfd is not None:
                os.close(self._pidfd)
            self._printed.close()
            self._home.close()

    def fork(self, budget: Budget, seed: int | None = None) -> WorkerProcess:
        """A new worker; its `channel` waits until it is isolated. Restarts a dead warm process once.

        seed: of random, numpy and torch in the worker; None draws one. Raises PlatformError.
        """
        with self._lock:
            self.start()
            try:
                return self._fork(budget, seed)
            except _Gone as error:
                was_ready = self._pidfd is not None
                self.close()
                if not was_ready:
                    raise self._cannot_start(error) from None
            try:
                self.start()
                return self._fork(budget, seed)
            except _Gone as error:
                self.close()
                raise self._cannot_start(error) from None

    def _cannot_start(self, error: _Gone) -> PlatformError:
        return PlatformError(f"no worker of tier {self.tier} could be started: {error}")

    def _launch(self) -> None:
        root = os.geteuid() == 0
        wrapped = self.tier in ("1", "2")
        self._own_uids = root and (self.tier == "2" or (self.tier == "3" and workers_may_have_own()))
        becomes = next(UIDS) if root and (wrapped or self._own_uids) else None
        self._home = Scratch()
        self._pidfd: int | None = None
        self._printed: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            try:
                self._process = self._run(theirs.fileno(), becomes, wrapped)
            except BaseException as error:
                self._control.close()
                self._printed.close()
                self._home.close()
                if isinstance(error, OSError):
                    raise PlatformError(f"tier {self.tier} cannot be started: {error}. Remedy: {_DOCTOR}.") from None
                raise

    def _run(self, control: int, becomes: int | None, wrapped: bool) -> subprocess.Popen[bytes]:
        """Lays out the folders and starts the process, through bubblewrap where the tier has it."""
        staged, self._scratch = self._home.path / "package", self._home.path / "scratch"
        self._scratch.mkdir(mode=0o711)  # workers of other uids pass through it to the folder they are told
        self._make_own(self._scratch / _WARM, becomes)
        room.stage(staged)
        if self._serve_source is not None:
            (staged / "autograder" / "worker" / "serve.py").write_text(self._serve_source, encoding="utf-8")
        package, scratch = (room.INSIDE, room.TMP) if wrapped else (staged, self._scratch)
        orders = {
            "tier": self.tier,
            "control": control,
            "readable": [*map(str, room.readable(wrapped)), str(package), "/dev/urandom", "/dev/random", "/dev/zero"],
            "uid": becomes,
            "own_uids": self._own_uids,
            "preload": self._preload,
        }
        command = room.python_command(json.dumps(orders))
        if wrapped:
            command = room.bubblewrap_command(staged, self._scratch, os.geteuid() == 0) + command
        return subprocess.Popen(
            command,
            pass_fds=[control],
            env=room.environment(package, scratch / _WARM, wrapped),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=self._printed,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C at the terminal is the grader's to handle
        )

    def _make_own(self, folder: Path, uid: int | None) -> None:
        folder.mkdir(mode=0o700)
        if uid is not None:
            os.chown(folder, uid, uid)

    def _await_ready(self) -> None:
        if self._pidfd is None:
            _, descriptors = self._receive(_STARTS_WITHIN_S)
            self._pidfd = descriptors[0]

    def _receive(self, within_s: float) -> tuple[dict[str, Any], list[int]]:
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        if not poll.poll(within_s * 1000):
            raise _Gone(f"no answer within {within_s:.0f} s")
        try:
            message, descriptors, _, _ = socket.recv_fds(self._control, _MESSAGE_BYTES, 1)
        except OSError as error:
            raise _Gone(str(error)) from None
        if not message:
            raise _Gone(self._last_words())
        return json.loads(message), descriptors

    def _last_words(self) -> str:
        self._printed.seek(0, os.SEEK_END)
        self._printed.seek(max(0, self._printed.tell() - _REASON_BYTES))
        return self._printed.read().decode("utf-8", "replace").strip() or "it ended without a word"

    def _ask(self, request: dict[str, Any], descriptors: list[int]) -> tuple[dict[str, Any], list[int]]:
        self._await_ready()
        try:
            socket.send_fds(self._control, [json.dumps(request).encode()], descriptors)
            return self._receive(_ANSWERS_WITHIN_S)
        except OSError:
            raise _Gone(self._last_words()) from None
        except KeyboardInterrupt:
            self.close()  # the answer to this request would be taken for the next one's
            raise

    def _fork(self, budget: Budget, seed: int | None) -> WorkerProcess:
        uid = next(UIDS) if self._own_uids else None
        place, inside = self._make_folder(uid)
        ours, theirs = socket.socketpair()
        log, log_end = os.pipe()
        request = {
            "do": "fork",
            "folder": inside,
            "uid": uid,
            "seed": secrets.randbits(_SEED_BITS) if seed is None else seed % 2**_SEED_BITS,
            **{name: value for name, value in asdict(budget).items() if name != "log_kib"},
        }
        try:
            reply, descriptors = self._ask(request, [theirs.fileno(), log_end])
            if "error" in reply:
                raise PlatformError(f"no worker of tier {self.tier} could be forked: {reply['error']}")
        except BaseException:
            ours.close()
            os.close(log)
            raise
        finally:
            theirs.close()
            os.close(log_end)
        pid, process = int(reply["pid"]), self._process

        def reap() -> dict[str, Any] | None:
            with self._lock:
                return self._reap(pid) if self._process is process else None

        group = pid if self.tier == "none" else None
        return WorkerProcess(descriptors[0], group, ours, log, budget, place, reap)

    def _make_folder(self, uid: int | None) -> tuple[Place | None, str]:
        """The worker's folder as the grader and as the worker sees it; in tier 1 it mounts one for itself."""
        if self.tier == "1":
            return None, str(room.TMP)
        folder = self._scratch / str(next(self._numbers))
        self._make_own(folder, uid)
        inside = str(room.TMP / folder.name) if self.tier == "2" else str(folder)
        return Place(folder, limited=self.tier != "none"), inside

    def _reap(self, pid: int) -> dict[str, Any] | None:
        """How a worker ended; None when the warm process, its parent, is gone and init reaped it."""
        try:
            return self._ask({"do": "reap", "pid": pid}, [])[0]
        except _Gone:
            return None
