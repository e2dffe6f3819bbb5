"""Processes killed in the midst of a run: every submission is graded all the same, or goes to a person."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.types import Grade, Status
from tests.attacks.conftest import Grounds, Quiet, honest, open_folder

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


class Kills(Quiet):
    """Sends SIGKILL to a process that is looked for when so many grades have been given."""

    def __init__(self, after: dict[int, Callable[[], int]]) -> None:
        self._after = after
        self._given = 0
        self.killed: list[int] = []

    def graded(self, grade: Grade) -> None:
        self._given += 1
        if find := self._after.get(self._given):
            self.killed.append(find())
            os.kill(self.killed[-1], signal.SIGKILL)


@pytest.fixture
def grounds(monkeypatch):
    monkeypatch.delenv("AUTOGRADER_SECRET", raising=False)
    with open_folder() as folder:
        made = Grounds(folder)
        for student in STUDENTS:
            made.hand_in(student, honest() + SLOW)
        yield made


@pytest.mark.parametrize("tier", ["1", "3"])
def test_killed_warm_process_and_workers_cost_nobody_a_point(grounds, tier):
    kills = Kills({3: warm_process, 5: worker, 8: worker, 10: warm_process})
    grades, _ = grounds.grade(tier, workers=1, progress=kills)
    assert len(kills.killed) == 4
    assert sorted(each.student for each in grades) == STUDENTS
    assert {(each.score, each.status) for each in grades} == {(8.0, Status.GRADED)}


def test_killed_grading_process_is_replaced(grounds):
    kills = Kills({4: grading_process})
    grades, _ = grounds.grade("3", workers=1, progress=kills)
    assert len(kills.killed) == 1
    assert sorted(each.student for each in grades) == STUDENTS
    assert {(each.score, each.status) for each in grades} == {(8.0, Status.GRADED)}
