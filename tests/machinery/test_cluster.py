"""Grading on a Dask cluster of two worker processes gives what this machine gives, though one is killed on the way."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from autograder.adapters.course import load_course
from autograder.adapters.gradebook import Gradebook
from autograder.machinery import cluster
from autograder.machinery.sandbox import strongest_tier
from autograder.usecases.grade import Options, grade
from tests.usecases.test_grade import RIGHT, Seen, _hand_in


class Kills(Seen):
    """Kills a Dask worker's process when the first grade is told."""

    def __init__(self, pid: int) -> None:
        super().__init__()
        self._pid = pid

    def graded(self, grade) -> None:
        if not self.graded_now:
            os.kill(self._pid, signal.SIGKILL)
        super().graded(grade)


@pytest.fixture
def scheduler():
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as local:
        yield local


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # Dask's own, of processes that were killed
def test_cluster_gives_the_same_grades_with_a_worker_killed(scheduler, mini: Path, tmp_path: Path):
    submitted, tier = tmp_path / "submitted", strongest_tier()
    for number in range(8):
        _hand_in(submitted, f"s{number}", RIGHT if number % 2 else "def double(x):\n    return 3 * x\n")
    pid = next(iter(scheduler.workers.values())).pid
    address = scheduler.scheduler_address.replace("tcp://", "dask://")
    given = {}
    for engine, seen in (("local", Seen()), (address, Kills(pid))):
        with Gradebook.open(tmp_path / f"{engine[:4]}.db") as book:
            run = grade(load_course(mini), ["double"], submitted, book, Options(tier, 2, engine=engine), seen)
            assert run.problems == [] and len(book.history("double", "s0")) == 1
            given[engine] = {(each.student, each.score, each.status, each.groups) for each in book.latest()}
            assert sorted(seen.graded_now) == [f"s{number}" for number in range(8)]
    assert given["local"] == given[address]


def test_worker_that_cannot_isolate_says_why(monkeypatch):
    lacks = cluster.probes()[0]
    bad = type(lacks)("tier 1", False, "no namespaces", "allow them")
    monkeypatch.setattr(cluster, "probes", lambda: (lacks, bad))
    assert cluster.missing_here("1") == "no namespaces. Remedy: allow them"
    assert cluster.missing_here("none") == ""
