"""Many submissions in a row, a tenth of them hostile: nothing is left behind and the warm process does not grow.

`SOAK_SUBMISSIONS=1000 pytest -s tests/attacks/test_soak.py` runs more of them and prints the figures.
"""

from __future__ import annotations

import ctypes
import os
import tempfile
from pathlib import Path

import pytest

from autograder.types import Grade
from autograder.usecases.grade import Kept
from tests.attacks.conftest import (
    BECOME_SUBREAPER,
    HERE,
    Grounds,
    honest,
    hostile,
    machine,
    open_folder,
    read_attacks,
    settled,
)
from tests.attacks.test_killed import grading_process, warm_process

SUBMISSIONS = int(os.environ.get("SOAK_SUBMISSIONS", "200"))
SETTLED_AFTER = 20  # submissions, once everything that is made on first use was made
LARGEST_GROWTH = 1.05
GRADER_GROWTH_KIB = 32 * 1024  # its heap keeps some of the room that many small values took
# Quick ones of every kind: those that time out take a second each.
HOSTILE = (
    "memory_bomb", "deep_and_endless_nesting", "closes_its_descriptors", "replies_early", "lists_that_unfold",
    "outlives_its_answer", "writes_results_and_exits", "many_files", "numbers_of_one_hash", "starts_daemons",
    "kills_itself", "replies_to_fill_the_grader", "sets_to_fill_the_grader",
    "calls_functions_that_were_not_given", "fork_bomb",
)  # fmt: skip


def _anonymous_kib(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon"))


def _descriptors(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


class Measures(Kept):
    """Looks at the warm process and the grading process early in the run and near its end."""

    def __init__(self, last: int) -> None:
        super().__init__()
        self._at = (SETTLED_AFTER, last)
        self._given = 0
        self.warm_kib: list[int] = []
        self.grader_kib: list[int] = []
        self.descriptors: list[int] = []

    def graded(self, grade: Grade) -> None:
        super().graded(grade)
        self._given += 1
        if self._given in self._at:
            grader = grading_process()
            self.warm_kib.append(_anonymous_kib(warm_process()))
            self.grader_kib.append(_anonymous_kib(grader))
            self.descriptors.append(_descriptors(grader))


@pytest.mark.slow
def test_many_submissions_in_a_row_leave_nothing_and_nothing_grows(monkeypatch):
    ctypes.CDLL(None).prctl(BECOME_SUBREAPER, 1, 0, 0, 0)
    attacks = {attack.name: attack for attack in read_attacks(HERE / "submissions")}
    with open_folder() as folder:
        grounds = Grounds(folder)
        monkeypatch.delenv("AUTOGRADER_SECRET", raising=False)
        monkeypatch.setenv("TMPDIR", str(grounds.temporary))
        monkeypatch.setattr(tempfile, "tempdir", str(grounds.temporary))
        for number in range(SUBMISSIONS):
            name = HOSTILE[number // 10 % len(HOSTILE)]
            grounds.hand_in(f"s{number:04}", honest() if number % 10 else hostile(attacks[name]))
        before = machine(grounds.temporary)
        measures = Measures(SUBMISSIONS - 5)
        grades, seconds = grounds.grade("1", workers=1, progress=measures)
        assert settled(grounds.temporary, before).beyond(before) == []
    print(
        f"{SUBMISSIONS} submissions in {seconds:.0f} s; warm process {measures.warm_kib} KiB, "
        f"grading process {measures.grader_kib} KiB, {measures.descriptors} descriptors"
    )
    assert [each.score for each in grades if int(each.student[1:]) % 10] == [8.0] * (SUBMISSIONS - len(grades[::10]))
    assert measures.warm_kib[1] <= LARGEST_GROWTH * measures.warm_kib[0]
    assert measures.grader_kib[1] <= measures.grader_kib[0] + GRADER_GROWTH_KIB
    # A worker comes with a channel, a log and a process descriptor: one more or less may be alive at the moment.
    assert abs(measures.descriptors[1] - measures.descriptors[0]) <= 3
