"""The grader's own time: what a student sent must not keep it longer than the test may last."""

from __future__ import annotations

import signal
import time
from contextlib import suppress

import pytest

from autograder import wire
from autograder.machinery.alarm import Alarm


def _alarm_in(seconds: float) -> Alarm:
    end = time.monotonic() + seconds
    return Alarm(lambda: end)


def _never_comes_back() -> None:
    while True:
        time.sleep(0.001)


def test_alarm_ends_work_that_does_not_come_back():
    alarm = _alarm_in(0.05)
    with pytest.raises(wire.Late), alarm:
        _never_comes_back()


def test_alarm_rings_again_for_code_that_catches_everything():
    alarm, caught = _alarm_in(0.02), []

    def stubborn() -> None:
        for _ in range(2):
            try:
                _never_comes_back()
            except Exception as error:
                caught.append(error)
        _never_comes_back()

    with pytest.raises(wire.Late), alarm:
        stubborn()
    assert len(caught) == 2


def test_alarm_waits_where_a_conversation_would_be_torn_and_then_rings():
    alarm, whole = _alarm_in(0.02), False
    with pytest.raises(wire.Late), alarm:
        with alarm.held():
            time.sleep(0.1)
            whole = True
        _never_comes_back()
    assert whole


def test_alarm_that_nobody_set_is_set_where_a_ring_is_let_through():
    alarm = _alarm_in(0.05)
    with pytest.raises(wire.Late), alarm.held(), alarm.let():
        _never_comes_back()
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_alarm_is_silent_in_time_and_afterwards():
    alarm = _alarm_in(0.05)
    with alarm:
        pass
    time.sleep(0.1)


def test_deadline_that_moved_on_is_the_one_that_counts():
    ends = [time.monotonic() + 0.02]
    alarm = Alarm(lambda: ends[0])
    with alarm:
        ends[0] += 60
        time.sleep(0.1)


def test_alarm_that_rings_while_it_is_put_away_leaves_nothing_armed():
    for lasts_s in (step * 1e-5 for step in range(100)):
        alarm = _alarm_in(lasts_s)
        with suppress(wire.Late), alarm:
            sum(range(2000))
        assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
        assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
