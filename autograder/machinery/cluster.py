"""Hands jobs to the workers of a Dask cluster and brings their replies back as they are done.

Covers which workers may take part, a bounded number of jobs under way, workers that die or join, and stopping early.
Each Dask worker keeps one process like those of a local engine and gives it one job at a time. Does not cover
starting a cluster (docs/cluster.md), and trusts it: scheduler and workers are the course's own machines.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from autograder import wire
from autograder.errors import PlatformError
from autograder.machinery.engine import TRIES, Batch, Done, Process, Refused, Result, Settled
from autograder.machinery.sandbox import Tier, probes

AHEAD = 2  # jobs under way per worker: one that is run, one that waits for it
SETTLED_TOGETHER = 64  # of what needs no worker, before the workers are looked after again
_LOOKS_EVERY_S = 2.0  # at which workers are there
_WAITS_FOR_WORKERS_S = 120.0
_CONNECTS_WITHIN_S = 20.0


class _Bench:
    """One Dask worker's process, with the opening that it has heard last."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process: Process | None = None
        self.opening = b""

    def ask(self, module: str, opening: bytes, job: bytes, within_s: float | None) -> tuple[bool, bytes | None]:
        """A reply, or (False, reason) when the opening is refused; (True, None) when every process died on the job."""
        for _ in range(TRIES):
            try:
                if self.process is None or self.opening != opening:
                    if self.process is None:
                        self.process = Process(module)
                    elif self.opening:
                        self.process.ask(op="close")
                    self.opening = b""
                    answer = self.process.ask(op="open", opening=opening)
                    if not answer["ok"]:
                        return False, answer["reason"]
                    self.opening = opening
                return True, self.process.ask(within_s, op="job", job=job).get("reply")
            except wire.WireError as error:
                self.end(at_once=isinstance(error, wire.Late))
        return True, None

    def end(self, at_once: bool = False) -> None:
        if self.process is not None:
            if at_once:
                self.process.kill()
            self.process.stop()
        self.process, self.opening = None, b""


_BENCH = _Bench()  # of this process, when it is a Dask worker: tasks share nothing else


def run_here(module: str, opening: bytes, job: bytes, within_s: float | None) -> tuple[bool, bytes | None]:
    """What a Dask worker does with a job, one at a time."""
    with _BENCH.lock:
        return _BENCH.ask(module, opening, job, within_s)


def leave_here() -> None:
    """Ends the worker's process once a run is over."""
    with _BENCH.lock:
        _BENCH.end()


def missing_here(tier: Tier) -> str:
    """Why this machine cannot isolate in the tier; empty when it can."""
    if tier == "none":
        return ""
    found = {probe.name: probe for probe in probes()}
    probe = found.get(f"tier {tier}") or next(each for each in found.values() if not each.ok)
    return "" if probe.ok else f"{probe.detail}. Remedy: {probe.fix}"


class ClusterEngine:
    """Runs batches on the workers of `dask://HOST:PORT`, as LocalEngine does on this machine.

    A worker that cannot isolate in the tier gets no job. Raises PlatformError when no worker is left that can.
    """

    def __init__(self, address: str, module: str, tier: Tier, told: Callable[[str], None]) -> None:
        self._address = address.replace("dask://", "tcp://", 1)
        self._module = module
        self._tier = tier
        self._told = told
        self._may: dict[str, bool] = {}

    def run(self, batches: Sequence[Batch]) -> Iterator[list[Result]]:
        """Results in the order in which they come, those that came meanwhile together.

        Each job is replied to once, whatever died in the meantime.
        """
        try:
            from distributed import Client
        except ImportError:
            raise PlatformError("dask is not installed. Remedy: pip install 'autograder[cluster]'.") from None
        try:
            client = Client(self._address, timeout=_CONNECTS_WITHIN_S)  # type: ignore[no-untyped-call] # it declares none
        except (OSError, ValueError) as error:
            remedy = "start a scheduler there, or name the right one: docs/cluster.md"
            raise PlatformError(f"no Dask scheduler at {self._address}: {error}. Remedy: {remedy}.") from None
        with client:
            try:
                for index, batch in enumerate(batches):
                    yield from self._run_batch(client, index, batch)
            finally:
                with contextlib.suppress(OSError, TimeoutError):
                    client.run(leave_here, workers=self._workers(client), on_error="ignore")

    def _run_batch(self, client: Any, index: int, batch: Batch) -> Iterator[list[Result]]:
        from distributed import wait

        under_way: dict[Any, tuple[bytes, frozenset[str]]] = {}
        more = True
        try:
            while more or under_way:
                workers = self._able(client)
                for future, (job, given) in list(under_way.items()):
                    if not given & workers and not future.done():  # all that could have taken it are gone
                        future.cancel()
                        del under_way[future]
                        under_way[self._submit(client, batch, job, workers)] = (job, workers)
                some: list[Result] = []
                while more and len(under_way) < AHEAD * len(workers) and len(some) < SETTLED_TOGETHER:
                    found = next(batch.jobs, None)
                    if found is None:
                        more = False
                    elif isinstance(found, Settled):
                        some.append(found)
                    else:
                        under_way[self._submit(client, batch, found, workers)] = (found, workers)
                if some:
                    yield some
                if some or not under_way:
                    continue
                with contextlib.suppress(TimeoutError):
                    wait(list(under_way), _LOOKS_EVERY_S, "FIRST_COMPLETED")  # type: ignore[no-untyped-call]
                for future in [each for each in under_way if each.done()]:
                    job, _ = under_way.pop(future)
                    opened, reply = future.result() if future.status == "finished" else (True, None)
                    if not opened:
                        yield [*some, Refused(index, reply or b"")]
                        return
                    some.append(Done(index, job, reply))
                if some:
                    yield some
        finally:
            for future in under_way:
                future.cancel()

    def _submit(self, client: Any, batch: Batch, job: bytes, workers: frozenset[str]) -> Any:
        return client.submit(
            run_here, self._module, batch.opening, job, batch.job_within_s, workers=sorted(workers), pure=False
        )

    def _workers(self, client: Any) -> list[str]:
        return [address for address in client.scheduler_info(n_workers=-1)["workers"] if self._may.get(address)]

    def _able(self, client: Any) -> frozenset[str]:
        """The workers that are there and can isolate; new ones are tried, and waited for when there is none."""
        end = time.monotonic() + _WAITS_FOR_WORKERS_S
        while True:
            there = set(client.scheduler_info(n_workers=-1)["workers"])
            new = sorted(there - self._may.keys())
            for address, missing in client.run(missing_here, self._tier, workers=new, on_error="return").items():
                self._may[address] = missing == ""
                if missing:
                    self._told(f"{address} gets no work, it cannot isolate: {missing}")
            able = frozenset(address for address in there if self._may.get(address))
            if able:
                return able
            if time.monotonic() > end:
                why = "none of them can isolate" if there else "it has no workers"
                remedy = "run `autograder doctor` on the workers' machines, or start more: docs/cluster.md"
                raise PlatformError(f"{self._address}: {why}. Remedy: {remedy}.")
            time.sleep(_LOOKS_EVERY_S)
