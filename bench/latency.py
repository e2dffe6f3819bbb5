"""Latencies: a check on a student's own file, a fork until it is ready, a round trip, a megabyte moved, a test more.

`python -m bench.latency [--rounds 5] [--out build/bench]` writes `latency.json` and a plot.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch

from autograder.adapters.authoring import reference_source
from autograder.adapters.course import load_assignment, load_course
from autograder.machinery.proxy import Student
from autograder.machinery.sandbox import Budget, WarmProcess
from autograder.machinery.session import Session
from autograder.types import Cell, Submission
from autograder.usecases.check import Runners, check_work
from bench.__main__ import ASSIGNMENTS, machine
from bench.in_process import ROOT
from bench.plots import plot_lines

_WORK = "def same(x):\n    return x\n"
_TRIPS = 1000
_MEGABYTES = (1, 2, 4, 8, 16)


def timed(action: Callable[[], Any], rounds: int) -> float:
    """Median seconds."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        action()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def checks(slug: str, rounds: int, folder: Path) -> dict[str, float]:
    """`autograder check` as a command of its own, and by the process that `--watch` keeps warm."""
    into = shutil.copytree(ROOT / "assignments" / slug, folder / slug)
    work = into / f"{slug}.py"
    work.write_text(reference_source(load_assignment(load_course(ROOT), slug)), encoding="utf-8")
    command = [sys.executable, "-m", "autograder", "check", str(work)]
    cold = timed(lambda: subprocess.run(command, cwd=into, check=True, capture_output=True), rounds)
    warm = []
    with Runners("en", ahead=True) as runners:
        for _ in range(rounds):
            time.sleep(2 * cold)  # a person writes for longer: the next process has started by then
            began = time.perf_counter()
            if not check_work(work, "en", runners).all_pass:
                raise SystemExit(f"{slug}: the reference fails its public checks")
            warm.append(time.perf_counter() - began)
    return {"cold_s": round(cold, 3), "watched_s": round(statistics.median(warm), 3)}


def asked(warm: WarmProcess) -> Session:
    """A session whose work returns what it is given, without a limit on what it may be asked."""
    assignment = load_assignment(load_course(ROOT), ASSIGNMENTS[0])
    limits = replace(assignment.limits, test_s=600.0, submission_s=600.0)
    free = replace(assignment, requires=("same",), forbidden=(), limits=limits)
    work = Submission("bench", free.slug, datetime.now(UTC), "work.py", (Cell(0, _WORK),), "")
    session = Session(warm, free, work, {})
    session.begin_test()
    return session


def moved(student: Any, rounds: int) -> dict[int, float]:
    """Milliseconds to send so many MB there and back."""
    found = {}
    for megabytes in _MEGABYTES:
        value = torch.zeros(megabytes * 2**20 // 4)
        found[megabytes] = round(1000 * timed(lambda value=value: student.same(value), rounds), 2)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.latency", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=Path("build/bench"))
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    told: dict[str, Any] = {"version": 1, "date": datetime.now(UTC).date().isoformat(), "machine": machine()}
    with tempfile.TemporaryDirectory() as folder:
        told["check"] = {slug: checks(slug, given.rounds, Path(folder)) for slug in ASSIGNMENTS}
    with WarmProcess("1") as warm:
        warm.fork(Budget()).kill()
        told["fork_to_ready_ms"] = round(1000 * timed(lambda: _forked(warm), 20 * given.rounds), 2)
        session = asked(warm)
        student = Student(session, [])
        trips = timed(lambda: [student.same(1) for _ in range(_TRIPS)], given.rounds)
        told["round_trips_per_s"] = round(_TRIPS / trips)
        told["moved_there_and_back_ms"] = moved(student, given.rounds)
        session.close()
    (given.out / "latency.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    times = told["moved_there_and_back_ms"]
    plot_lines(list(times), {"there and back": list(times.values())}, "MB", "ms", given.out / "moved.svg")
    print(json.dumps(told, indent=2))


def _forked(warm: WarmProcess) -> None:
    """A worker from its fork until its channel is there, which is when it is isolated and waits for work."""
    worker = warm.fork(Budget())
    _ = worker.channel
    worker.kill()


if __name__ == "__main__":
    main()
