"""The grader's own time: what a student sent must not keep it longer than the test may last."""

from __future__ import annotations

import time

import pytest

from autograder import wire
from autograder.machinery.alarm import Alarm


def _never_comes_back() -> None:
    while True:
        time.sleep(0.001)


def test_alarm_ends_work_that_does_not_come_back():
    alarm = Alarm(lambda end=time.monotonic() + 0.05: end)
    with pytest.raises(wire.Late), alarm.set():
        _never_comes_back()


def test_alarm_rings_again_for_code_that_catches_everything():
    alarm, caught = Alarm(lambda end=time.monotonic() + 0.02: end), []

    def stubborn() -> None:
        for _ in range(2):
            try:
                _never_comes_back()
            except Exception as error:
                caught.append(error)
        _never_comes_back()

    with pytest.raises(wire.Late), alarm.set():
        stubborn()
    assert len(caught) == 2


def test_alarm_waits_where_a_conversation_would_be_torn_and_then_rings():
    alarm, whole = Alarm(lambda end=time.monotonic() + 0.02: end), False
    with pytest.raises(wire.Late), alarm.set():
        with alarm.rings(False):
            time.sleep(0.1)
            whole = True
        _never_comes_back()
    assert whole


def test_alarm_is_silent_in_time_and_afterwards():
    alarm = Alarm(lambda end=time.monotonic() + 0.05: end)
    with alarm.set():
        pass
    time.sleep(0.1)


def test_deadline_that_moved_on_is_the_one_that_counts():
    ends = [time.monotonic() + 0.02]
    alarm = Alarm(lambda: ends[0])
    with alarm.set():
        ends[0] += 60
        time.sleep(0.1)
