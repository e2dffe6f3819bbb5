"""Warm processes of each tier this machine offers, and workers to attack."""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.machinery.sandbox import Budget, Tier, WarmProcess, WorkerProcess, probes

SERVE = (Path(__file__).parent / "conversation.py").read_text(encoding="utf-8")
TIERS: tuple[Tier, ...] = ("1", "2", "3")
_HELD = {probe.name for probe in probes() if probe.ok}
OFFERED: tuple[Tier, ...] = tuple(tier for tier in TIERS if f"tier {tier}" in _HELD)
SECRET = "a-variable-of-the-grader"
ANSWERS_WITHIN_S = 30.0


class Attack:
    """A worker under attack: `attack.run("result = 1 + 1") -> 2`; an error in it comes back as `Raised`."""

    def __init__(self, worker: WorkerProcess) -> None:
        self.worker = worker

    def say(self, code: str) -> None:
        raw = code.encode()
        self.worker.channel.sendall(struct.pack(">I", len(raw)) + raw)

    def hear(self, within_s: float = ANSWERS_WITHIN_S) -> Any:
        channel = self.worker.channel
        channel.settimeout(within_s)
        (size,) = struct.unpack(">I", self._exactly(4))
        reply = json.loads(self._exactly(size))
        if "error" in reply:
            raise Raised(reply["error"], reply["text"])
        return reply["result"]

    def run(self, code: str) -> Any:
        self.say(code)
        return self.hear()

    def error(self, code: str) -> str:
        """The type name of the error that the code raises."""
        with pytest.raises(Raised) as caught:
            self.run(code)
        return caught.value.name

    def host_pid(self) -> int:
        info = Path(f"/proc/self/fdinfo/{self.worker._pidfd}").read_text()
        return int(next(line.split()[1] for line in info.splitlines() if line.startswith("Pid:")))

    def status(self) -> dict[str, str]:
        lines = Path(f"/proc/{self.host_pid()}/status").read_text().splitlines()
        return {name: value.strip() for name, value in (line.split(":", 1) for line in lines)}

    def _exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            piece = self.worker.channel.recv(size - len(data))
            if not piece:
                raise EOFError
            data += piece
        return data


class Raised(Exception):
    def __init__(self, name: str, text: str) -> None:
        super().__init__(f"{name}: {text}")
        self.name = name


@pytest.fixture(scope="session", params=OFFERED, ids=lambda tier: f"tier{tier}")
def warm(request: pytest.FixtureRequest) -> Iterator[WarmProcess]:
    os.environ["AUTOGRADER_TEST_SECRET"] = SECRET
    with WarmProcess(request.param, serve_source=SERVE) as process:
        yield process
    del os.environ["AUTOGRADER_TEST_SECRET"]


@pytest.fixture
def start(warm: WarmProcess) -> Iterator[Any]:
    """`start(memory_mib=64) -> Attack`; every worker is ended after the test."""
    workers = []

    def fork(seed: int | None = None, **limits: int) -> Attack:
        worker = warm.fork(Budget(**limits), seed)
        workers.append(worker)
        return Attack(worker)

    yield fork
    for worker in workers:
        worker.kill()


@pytest.fixture
def attack(start: Callable[..., Attack]) -> Attack:
    return start()


@pytest.fixture
def sibling(start: Any) -> Iterator[Attack]:
    """Another worker, which must be well before and after whatever the test does."""
    other = start()
    assert other.run("import torch; result = float((torch.ones(8, 8) @ torch.ones(8, 8)).sum())") == 512.0
    yield other
    assert other.run("result = float(torch.ones(3).sum())") == 3.0
