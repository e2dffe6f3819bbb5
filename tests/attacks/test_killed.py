"""Processes killed in the midst of a run: every submission is graded all the same, or goes to a person."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.types import Grade, Status, Submission
from autograder.usecases import grade as use
from autograder.usecases.grade import Kept
from tests.attacks.conftest import Grounds, honest, open_folder

STUDENTS = [f"s{number:02}" for number in range(14)]
SLOW = "\n\nimport time\n\n\ndef words(text):\n    time.sleep(0.2)\n    return _honest['words'](text)\n"


def _children() -> dict[int, tuple[int, str]]:
    """Parent and command line of every process that this one started, or its children did."""
    known: dict[int, tuple[int, str]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            known[int(entry.name)] = (parent, (entry / "cmdline").read_text())
        except OSError:
            continue
    ours = {os.getpid()}
    while grown := {pid for pid, (parent, _) in known.items() if parent in ours} - ours:
        ours |= grown
    return {pid: known[pid] for pid in ours - {os.getpid()}}


def grading_process() -> int:
    return next(pid for pid, (_, command) in _children().items() if "suite_process" in command)


def warm_process() -> int:
    """The process that workers are forked from: the one that has children in the same room, or waits for some."""
    rooms = {pid: parent for pid, (parent, command) in _children().items() if "worker.warm" in command}
    workers = {pid for pid in rooms if _is_worker(pid)}
    found = {rooms[pid] for pid in workers} or {pid for pid in rooms if pid not in rooms.values()}
    return found.pop()


def worker() -> int:
    """A worker that serves the submission graded now; there may be none for the moment."""
    while True:
        for pid, (_, command) in _children().items():
            if "worker.warm" in command and _is_worker(pid):
                return pid
        time.sleep(0.01)


def _is_worker(pid: int) -> bool:
    """Workers are the first to go when memory runs out."""
    try:
        return Path(f"/proc/{pid}/oom_score_adj").read_text().strip() == "1000"
    except OSError:
        return False


class Kills(Kept):
    """Sends SIGKILL to a process while the work after so many grades is run: never two while the same work is.

    The next work is read when the grade of the last one was told; a kill that found nothing in time delays the next.
    """

    def __init__(self, due: list[tuple[int, Callable[[], int]]], monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__()
        self._due = due
        self._told = threading.Semaphore(1)
        self._given = 0
        self._killing: threading.Thread | None = None
        self.killed: list[int] = []
        read = use.read_submission

        def read_in_step(*given: Any) -> Submission:
            self._told.acquire()
            return read(*given)

        monkeypatch.setattr(use, "read_submission", read_in_step)

    def graded(self, grade: Grade) -> None:
        super().graded(grade)
        self._given += 1
        busy = self._killing is not None and self._killing.is_alive()
        if self._due and self._given >= self._due[0][0] and not busy:
            self._killing = threading.Thread(target=self._kill, args=(self._due.pop(0)[1],), daemon=True)
            self._killing.start()
        self._told.release()

    def _kill(self, find: Callable[[], int]) -> None:
        while True:
            found = find()
            try:
                os.kill(found, signal.SIGKILL)
            except ProcessLookupError:
                continue
            self.killed.append(found)
            return


@pytest.fixture
def grounds(monkeypatch):
    monkeypatch.delenv("AUTOGRADER_SECRET", raising=False)
    with open_folder() as folder:
        made = Grounds(folder)
        for student in STUDENTS:
            made.hand_in(student, honest() + SLOW)
        yield made


@pytest.mark.parametrize("tier", ["1", "3"])
def test_killed_warm_process_and_workers_cost_nobody_a_point(grounds, monkeypatch, tier):
    kills = Kills([(3, warm_process), (5, worker), (8, worker), (10, warm_process)], monkeypatch)
    grades, _ = grounds.grade(tier, workers=1, progress=kills)
    assert len(kills.killed) == 4
    assert sorted(each.student for each in grades) == STUDENTS
    assert {(each.score, each.status) for each in grades} == {(8.0, Status.GRADED)}


def test_killed_grading_process_is_replaced(grounds, monkeypatch):
    kills = Kills([(4, grading_process)], monkeypatch)
    grades, _ = grounds.grade("3", workers=1, progress=kills)
    assert len(kills.killed) == 1
    assert sorted(each.student for each in grades) == STUDENTS
    assert {(each.score, each.status) for each in grades} == {(8.0, Status.GRADED)}
