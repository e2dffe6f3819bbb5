"""Grades a large class and watches: time and memory against the number of submissions, kills, a second run, a regrade.

`python -m bench.growth [--submissions 10000] [--cluster 1000] [--regraded 1000] [--out build/bench]` writes
`growth.json` and plots. The class is simulated, of mixed quality: half attention, half bpe. Beside an undisturbed run,
a second one is killed with SIGKILL three times and resumed; both gradebooks must say the same of every submission.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.adapters.course import load_assignment, load_course
from autograder.usecases.demo import dated_back
from autograder.usecases.simulated_class import simulate, write_class
from bench.__main__ import ASSIGNMENTS, machine
from bench.in_process import ROOT
from bench.plots import plot_lines

_PROGRAM = [sys.executable, "-m", "autograder", "grade", *ASSIGNMENTS]
_SECRET = "5eedf00d" * 8
_LOOKS_EVERY_S = 1.0
_KILLS_AT = (0.2, 0.5, 0.8)


@dataclass
class Watched:
    """One run: seconds, and at each look the grades given and the MiB of the grader and of all its processes."""

    seconds: float = 0.0
    at_s: list[float] = field(default_factory=list)
    grades: list[int] = field(default_factory=list)
    grader_mib: list[float] = field(default_factory=list)
    all_mib: list[float] = field(default_factory=list)


def graded(book: Path) -> int:
    """How many grades are on the disk."""
    if not book.is_file():
        return 0
    with sqlite3.connect(f"file:{book}?mode=ro", uri=True, timeout=30) as connection:
        try:
            return int(connection.execute("select count(*) from grades").fetchone()[0])
        except sqlite3.OperationalError:
            return 0


def said(book: Path) -> list[tuple[Any, ...]]:
    """What a gradebook says of every submission; a doubled grade would be a row more."""
    query = "select assignment, student, status, score, submission_sha256, document from grades"
    with sqlite3.connect(f"file:{book}?mode=ro", uri=True) as connection:
        return sorted((*row[:5], _told(json.loads(row[5]))) for row in connection.execute(query))


def _told(document: dict[str, Any]) -> str:
    return json.dumps([document[name] for name in ("groups", "notes", "late_s", "penalty", "fault")], sort_keys=True)


def run(submitted: Path, book: Path, root: Path, engine: Sequence[str] = (), stop_at: int | None = None) -> Watched:
    """Grades in a process of its own, and looks at it; with `stop_at`, kills it once so many grades are given."""
    watched, began = Watched(), time.monotonic()
    command = [*_PROGRAM, "--submitted", str(submitted), "--gradebook", str(book), *(engine or ("--workers", "2"))]
    environment = {**os.environ, "AUTOGRADER_SECRET": _SECRET}
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=output, stderr=subprocess.STDOUT)
        while process.poll() is None:
            watched.at_s.append(time.monotonic() - began)
            watched.grades.append(graded(book))
            watched.grader_mib.append(_memory_mib([process.pid]))
            watched.all_mib.append(_memory_mib(_below(process.pid)))
            if stop_at is not None and watched.grades[-1] >= stop_at:
                process.send_signal(signal.SIGKILL)
            with suppress(subprocess.TimeoutExpired):
                process.wait(_LOOKS_EVERY_S)  # its end is seen when it comes, not at the next look
        watched.seconds = time.monotonic() - began
        if process.returncode not in ((0, 3) if stop_at is None else (0, 3, -signal.SIGKILL)):
            output.seek(0)
            raise SystemExit(f"grading ended with {process.returncode}:\n{output.read().decode()[-4000:]}")
    return watched


def _memory_mib(pids: Sequence[int]) -> float:
    """What the processes hold that they share with nobody, and their share of the rest."""
    total = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def _below(pid: int) -> list[int]:
    """The process and all that it and its children started."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found, left = [], [pid]
    while left:
        each = left.pop()
        found.append(each)
        left += parents.get(each, ())
    return found


def same(one: Path, other: Path, what: str) -> int:
    """How many submissions two gradebooks say the same of. Ends the program where they differ."""
    here, there = said(one), said(other)
    if here != there:
        differing = [a for a, b in zip(here, there, strict=False) if a != b]
        counts = f"{len(here)} and {len(there)} grades, {len(differing)} differ"
        raise SystemExit(f"{what}: {counts}; the first: {differing[:1]}")
    return len(here)


def killed_and_resumed(submitted: Path, book: Path, root: Path, count: int) -> Watched:
    """A run that is killed three times, each time started again with the same command."""
    whole = Watched()
    for stop_at in (*(int(share * count) for share in _KILLS_AT), None):
        watched = run(submitted, book, root, stop_at=stop_at)
        whole.seconds += watched.seconds
        print(f"  {graded(book)} of {count} grades after {whole.seconds:.0f} s", flush=True)
    return whole


@contextmanager
def cluster() -> Iterator[tuple[str, Callable[[], None]]]:
    """A Dask scheduler with two worker processes on this machine: its address, and what kills one worker."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as local:
        first = next(iter(local.workers.values()))
        yield local.scheduler_address.replace("tcp://", "dask://"), lambda: os.kill(first.pid, signal.SIGKILL)


def on_cluster(submitted: Path, folder: Path, root: Path) -> dict[str, float]:
    """The same submissions on this machine and on a cluster that loses a worker on the way: the grades are the same."""
    here, there = folder / "local.db", folder / "cluster.db"
    alone = run(submitted, here, root)
    with cluster() as (address, kill):
        threading.Timer(alone.seconds / 2, kill).start()
        shared = run(submitted, there, root, ("--engine", address))
    count = same(here, there, "cluster")
    return {"submissions": count, "local_s": round(alone.seconds, 1), "cluster_one_killed_s": round(shared.seconds, 1)}


def regraded(submitted: Path, folder: Path, root: Path) -> dict[str, float]:
    """A first run, a second one of the same, and one after a change of a single group's checks."""
    book = folder / "again.db"
    first, second = run(submitted, book, root), run(submitted, book, root)
    count = graded(book)
    suite = root / "solutions" / "bpe" / "test_hidden.py"
    text = suite.read_text(encoding="utf-8")
    place = text.rindex("@pytest.mark.group(")
    suite.write_text(text[:place] + "@pytest.mark.filterwarnings('error')\n" + text[place:], encoding="utf-8")
    try:
        third = run(submitted, book, root)
        whole = run(submitted, folder / "whole.db", root)
    finally:
        suite.write_text(text, encoding="utf-8")
    return {
        "submissions": count,
        "first_s": round(first.seconds, 1),
        "second_s": round(second.seconds, 2),
        "second_share": round(second.seconds / first.seconds, 4),
        "one_group_changed_s": round(third.seconds, 1),
        "all_anew_s": round(whole.seconds, 1),
        "regraded": graded(book) - count,
    }


def class_of(count: int, submitted: Path) -> None:
    course = dated_back(load_course(ROOT), datetime.now(UTC))
    assignments = [load_assignment(course, slug) for slug in ASSIGNMENTS]
    write_class(simulate(course, assignments, count // len(ASSIGNMENTS)), submitted)


def course_in(folder: Path) -> Path:
    """A copy of the course that may be changed."""
    for name in ("course", "solutions", "assignments", "quizzes"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.growth", description=__doc__)
    parser.add_argument("--submissions", type=int, default=10_000)
    parser.add_argument("--cluster", type=int, default=1_000)
    parser.add_argument("--regraded", type=int, default=1_000)
    parser.add_argument("--out", type=Path, default=Path("build/bench"))
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    told: dict[str, Any] = {"version": 1, "date": datetime.now(UTC).date().isoformat(), "machine": machine()}
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        folder = Path(scratch)
        root = course_in(folder / "course")
        for name, count, measured in (
            ("regrade", given.regraded, regraded),
            ("cluster", given.cluster, on_cluster),
            ("growth", given.submissions, grown),
        ):
            if count:
                print(f"{name}: {count} submissions", flush=True)
                submitted = folder / name / "submitted"
                class_of(count, submitted)
                told[name] = measured(submitted, folder / name, root)
                print(json.dumps({key: value for key, value in told[name].items() if key != "run"}), flush=True)
                (given.out / "growth.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    if "growth" in told:
        plot(told["growth"]["run"], given.out)


def grown(submitted: Path, folder: Path, root: Path) -> dict[str, Any]:
    """The large run, and the same once more, killed and resumed."""
    undisturbed = run(submitted, folder / "whole.db", root)
    print(f"  undisturbed: {undisturbed.seconds:.0f} s", flush=True)
    disturbed = killed_and_resumed(submitted, folder / "killed.db", root, graded(folder / "whole.db"))
    count = same(folder / "whole.db", folder / "killed.db", "killed and resumed")
    half = len(undisturbed.at_s) // 2
    first, at_s = undisturbed.grades[half], undisturbed.at_s[half]
    return {
        "submissions": count,
        "seconds": round(undisturbed.seconds, 1),
        "per_submission_ms": round(1000 * undisturbed.seconds / count, 2),
        "first_half_per_s": round(first / at_s, 2),
        "second_half_per_s": round((count - first) / (undisturbed.seconds - at_s), 2),
        "grader_mib_at_a_tenth": round(undisturbed.grader_mib[len(undisturbed.at_s) // 10], 1),
        "grader_mib_at_the_end": round(undisturbed.grader_mib[-2], 1),
        "all_mib_at_a_tenth": round(undisturbed.all_mib[len(undisturbed.at_s) // 10], 1),
        "all_mib_at_the_end": round(undisturbed.all_mib[-2], 1),
        "killed_three_times_s": round(disturbed.seconds, 1),
        "run": vars(undisturbed),
    }


def plot(watched: dict[str, Any], out: Path) -> None:
    grades, minutes = watched["grades"], [at / 60 for at in watched["at_s"]]
    plot_lines(grades, {"minutes": minutes}, "submissions graded", "minutes", out / "growth_time.svg")
    memory = {"the grader": watched["grader_mib"][:-1], "all its processes": watched["all_mib"][:-1]}
    plot_lines(grades[:-1], memory, "submissions graded", "memory, MiB", out / "growth_memory.svg")


if __name__ == "__main__":
    main()
