"""Hands jobs to local processes and brings their replies back as they are done.

Covers starting the processes, one job at a time each, a process that dies, back-pressure, and stopping early. Jobs and
replies are bytes: what they mean is the caller's. Does not cover clusters.
"""

from __future__ import annotations

import contextlib
import os
import queue
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from autograder import wire

AHEAD = 64  # replies that wait for who reads them: more are not run ahead of them
_GATHERS_S = 0.05
TRIES = 2  # how many processes may die on a job before it is given back as lost
_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",  # a heap per thread that reads a worker's log would keep what each once held
    "MALLOC_MMAP_THRESHOLD_": str(2**20),  # larger pieces go back to the system when they are done with
}


@dataclass(frozen=True)
class Settled:
    """What needs no process: it takes its turn among the jobs and is handed on as it is."""

    value: Any


@dataclass
class Batch:
    """Jobs that share a costly opening (one assignment's suite); `jobs` is read only as fast as they are done."""

    opening: bytes
    jobs: Iterator[bytes | Settled]
    job_within_s: float | None = None  # a process that takes longer over a job is ended, as one that died


@dataclass(frozen=True)
class Done:
    """A job and its reply; no reply means that every process that tried it died."""

    batch: int
    job: bytes
    reply: bytes | None


@dataclass(frozen=True)
class Refused:
    """A batch that could not be opened, with the reason as the process gave it."""

    batch: int
    reason: bytes


Result: TypeAlias = Done | Refused | Settled


class Process:
    """One local grading process: `python -m <module> <descriptor>` at the other end of a socket."""

    def __init__(self, module: str, cpu: int | None = None) -> None:
        ours, theirs = socket.socketpair()
        environment = {**os.environ, **_ENVIRONMENT}
        with theirs:
            self._child = subprocess.Popen(
                # -P: nothing is imported from the folder that it is run in
                [sys.executable, "-P", "-m", module, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,  # Ctrl-C at the terminal is the engine's to handle
            )
        if cpu is not None:
            with contextlib.suppress(OSError):
                os.sched_setaffinity(self._child.pid, {cpu})  # its children's too, who take turns with it
        self._channel = ours

    def ask(self, within_s: float | None = None, **message: Any) -> Any:
        """Sends a message and waits for its reply. Raises wire.WireError when the process is gone, or late."""
        deadline = None if within_s is None else time.monotonic() + within_s
        wire.send(self._channel, wire.encode(message), deadline)
        return wire.decode(wire.receive(self._channel, deadline))

    def stop(self) -> None:
        """Closes the socket, which ends the process; kills it if it does not end."""
        self._channel.close()
        try:
            self._child.wait(5)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()

    def kill(self) -> None:
        self._child.kill()


class LocalEngine:
    """Runs batches on `workers` processes of this machine. `for some in LocalEngine("a.b", 2).run(batches)`"""

    def __init__(self, module: str, workers: int) -> None:
        self._module = module
        self._workers = workers
        self._results: queue.Queue[Result | BaseException | None] = queue.Queue(maxsize=AHEAD)
        self._stopping = threading.Event()
        # One thread at a time reads jobs: Python 3.11's parser keeps its depth per process, not per thread.
        self._reading = threading.Lock()
        self._processes: dict[int, Process] = {}
        self._begun: set[int] = set()

    def run(self, batches: Sequence[Batch]) -> Iterator[list[Result]]:
        """Results in the order in which they come, those that came meanwhile together; closing stops the processes."""
        threads = [
            threading.Thread(target=self._work, args=(number, batches), daemon=True) for number in range(self._workers)
        ]
        for thread in threads:
            thread.start()
        working = len(threads)
        try:
            while working:
                some: list[Result] = []
                for result in self._arrived():
                    if result is None:
                        working -= 1
                    elif isinstance(result, BaseException):
                        raise result
                    else:
                        some.append(result)
                if some:
                    yield some
        finally:
            self._stopping.set()
            for process in list(self._processes.values()):
                if working:
                    process.kill()
            while any(thread.is_alive() for thread in threads):
                try:
                    self._results.get(timeout=0.05)
                except queue.Empty:
                    continue

    def _arrived(self) -> Iterator[Result | BaseException | None]:
        """What waits to be read; waits for the first, and a moment for what comes with it, to be written together."""
        yield self._results.get()
        until = time.monotonic() + _GATHERS_S
        with contextlib.suppress(queue.Empty):
            for _ in range(AHEAD):
                yield self._results.get(timeout=max(0.0, until - time.monotonic()))

    def _work(self, number: int, batches: Sequence[Batch]) -> None:
        """One process's thread: takes batches that nobody has begun, since opening one is costly, then helps."""
        try:
            while (index := self._begin(len(batches))) is not None:
                self._work_on(number, index, batches[index])
            for index, batch in enumerate(batches):
                self._work_on(number, index, batch)
            self._results.put(None)
        except BaseException as error:  # noqa: BLE001 - handed to the thread that reads the results
            self._results.put(error)
        finally:
            process = self._processes.pop(number, None)
            if process:
                process.stop()

    def _begin(self, count: int) -> int | None:
        """A batch that nobody has begun; none when all are."""
        with self._reading:
            left = [index for index in range(count) if index not in self._begun]
            self._begun.update(left[:1])
        return left[0] if left else None

    def _work_on(self, number: int, index: int, batch: Batch) -> None:
        opened = False
        while not self._stopping.is_set():
            with self._reading:
                job = next(batch.jobs, None)
            if job is None:
                break
            if isinstance(job, Settled):
                self._results.put(job)
                continue
            reply = None
            for _ in range(TRIES):
                if self._stopping.is_set():
                    return
                try:
                    if not opened:
                        answer = self._process(number).ask(op="open", opening=batch.opening)
                        if not answer["ok"]:
                            self._refuse(index, batch, answer["reason"])
                            return
                        opened = True
                    reply = self._process(number).ask(batch.job_within_s, op="job", job=job).get("reply")
                    break
                except wire.WireError as error:
                    process = self._processes.pop(number)
                    if isinstance(error, wire.Late):
                        process.kill()
                    process.stop()
                    opened = False
            self._results.put(Done(index, job, reply))
        if opened and not self._stopping.is_set():
            try:
                self._process(number).ask(op="close")
            except wire.WireError:
                self._processes.pop(number).stop()

    def _process(self, number: int) -> Process:
        if number not in self._processes:
            self._processes[number] = Process(self._module, self._cpu(number))
        return self._processes[number]

    def _cpu(self, number: int) -> int | None:
        """The processor of a process and the worker it talks to, where there are not two for each such pair."""
        cpus = sorted(os.sched_getaffinity(0))
        return None if len(cpus) >= 2 * self._workers else cpus[number % len(cpus)]

    def _refuse(self, index: int, batch: Batch, reason: bytes) -> None:
        with self._reading:
            batch.jobs = iter(())
        self._results.put(Refused(index, reason))
