"""A process that runs trials for the engine that started it, as a grading process grades.

Covers the loop of messages: open an assignment, try works, close. Does not cover what is tried or why.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from autograder import wire
from autograder.adapters.course import load_assignment, load_course
from autograder.adapters.grading_process import PROBLEMS
from autograder.adapters.trials import Trial, Tried, run_trials
from autograder.errors import AutograderError
from autograder.machinery.sandbox import Tier, WarmProcess
from autograder.types import Assignment


@dataclass(frozen=True)
class TrialOpening:
    """What a process must know before the first trial of an assignment; a trial brings its own draws."""

    root: Path
    slug: str
    tier: Tier


OPENING = TypeAdapter(TrialOpening)
TRIAL = TypeAdapter(Trial)
TRIED = TypeAdapter(Tried)


class TrialProcess:
    """Answers the engine: `open` starts a suite, `job` runs one trial, `close` ends the suite."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._warm: WarmProcess | None = None

    def run(self) -> None:
        """Works until the engine closes the channel."""
        try:
            while True:
                message = wire.decode(wire.receive(self._channel))
                if message["op"] == "open":
                    self._open(OPENING.validate_json(message["opening"]))
        except wire.Closed:
            return
        finally:
            if self._warm:
                self._warm.close()

    def _open(self, opening: TrialOpening) -> None:
        try:
            if self._warm is None:
                self._warm = WarmProcess(opening.tier)
                self._warm.start()
            assignment = load_assignment(load_course(opening.root), opening.slug)
            run_trials(assignment, self._warm, self._trials(assignment), self._emit)
        except AutograderError as error:
            problems = getattr(error, "problems", [str(error)])
            self._reply(ok=False, reason=PROBLEMS.dump_json(problems))

    def _trials(self, assignment: Assignment) -> Iterator[Trial]:
        """Trials as the engine sends them; asked for first when the suite is collected and right."""
        self._reply(ok=True, slug=assignment.slug)
        while True:
            try:
                message = wire.decode(wire.receive(self._channel))
            except wire.Closed:
                return
            if message["op"] != "job":
                self._reply(ok=True, slug=assignment.slug)
                return
            yield TRIAL.validate_json(message["job"])

    def _emit(self, tried: Tried) -> None:
        self._reply(reply=TRIED.dump_json(tried))

    def _reply(self, **message: object) -> None:
        wire.send(self._channel, wire.encode(message))


def main() -> None:
    """Serves the engine at the other end of the descriptor given as the only argument."""
    with socket.socket(fileno=int(sys.argv[1])) as channel:
        TrialProcess(channel).run()


if __name__ == "__main__":
    main()
