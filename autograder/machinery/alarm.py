"""Ends the grader's own work on what a student sent once a test's time is up.

Covers Python code on the main thread: comparing, decoding, a trusted function on odd arguments. Does not cover a
single long operation of torch or numpy, which messages of a limited size keep short.

An alarm may ring between any two instructions. It never does in this module's own lines, which change what is
armed and held, and in the midst of a conversation, which would be left half said, it is held.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

from autograder import wire

_AGAIN_S = 0.05  # what was in the way of an alarm, or caught it, hears it again


class Alarm:
    """Raises wire.Late in the body of `with alarm:` once `deadline()` has passed, in seconds of time.monotonic.

    Signals reach the main thread only, where a suite process runs its tests; in others it is silent.
    """

    def __init__(self, deadline: Callable[[], float]) -> None:
        self._deadline = deadline
        self._held = True
        self._set = False
        self._before: Any = None

    def __enter__(self) -> None:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGALRM, self._ring)
            signal.setitimer(signal.ITIMER_REAL, max(self._deadline() - time.monotonic(), 0.001), _AGAIN_S)
            self._set = True
            self._held = False

    def __exit__(self, *_: object) -> None:
        self._held = True  # first: what is called from here has lines of its own
        if self._set:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._before)
            self._set = False

    def held(self) -> _Switch:
        """Holds a ring back in the body of `with`, which would be torn by it."""
        return _Switch(self, True)

    def let(self) -> _Switch:
        """Lets a ring through in the body of `with`, where nothing is torn; sets the alarm where it is not set."""
        return _Switch(self, False)

    def _ring(self, _: int, frame: FrameType | None) -> None:
        in_our_lines = frame is not None and frame.f_code.co_filename == __file__
        if not self._held and not in_our_lines and time.monotonic() >= self._deadline():
            raise wire.Late("the time of this test is up")


class _Switch:
    """Holds or lets for the length of a `with`; a class, since contextlib's lines would not be ours."""

    def __init__(self, alarm: Alarm, held: bool) -> None:
        self._alarm = alarm
        self._held = held

    def __enter__(self) -> None:
        self._before = self._alarm._held
        self._sets = not self._held and not self._alarm._set
        if self._sets:
            self._alarm.__enter__()
        else:
            self._alarm._held = self._held

    def __exit__(self, *_: object) -> None:
        if self._sets:
            self._alarm.__exit__()
        self._alarm._held = self._before
