"""Ends the grader's own work on what a student sent once a test's time is up.

Covers Python code on the main thread: comparing, decoding, a trusted function on odd arguments. Does not cover a
single long operation of torch or numpy, which messages of a limited size keep short.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from autograder import wire

_AGAIN_S = 0.05  # what was in the way of an alarm, or caught it, hears it again


class Alarm:
    """Raises wire.Late once `deadline()` has passed, in seconds of time.monotonic; it may move meanwhile."""

    def __init__(self, deadline: Callable[[], float]) -> None:
        self._deadline = deadline
        self._may_ring = False

    @contextmanager
    def set(self) -> Iterator[None]:
        """Rings in the body of `with`. Signals reach the main thread only, where a suite process runs its tests."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.signal(signal.SIGALRM, self._ring)
        signal.setitimer(signal.ITIMER_REAL, max(self._deadline() - time.monotonic(), 0.001), _AGAIN_S)
        try:
            with self.rings(True):
                yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    @contextmanager
    def rings(self, may: bool) -> Iterator[None]:
        """Holds a ring back where it would leave a conversation half said, or lets it through within."""
        before, self._may_ring = self._may_ring, may
        try:
            yield
        finally:
            self._may_ring = before

    def _ring(self, *_: object) -> None:
        if self._may_ring and time.monotonic() >= self._deadline():
            raise wire.Late("the time of this test is up")
