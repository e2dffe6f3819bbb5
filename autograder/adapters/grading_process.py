"""A grading process: runs hidden suites for the engine that started it.

Covers the loop of messages: open an assignment, grade submissions, close. Does not cover scoring, which the
engine's side does, nor student code, which runs in the sandbox's workers.
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
from autograder.adapters.suite import run_suite
from autograder.errors import AutograderError
from autograder.machinery.sandbox import Budget, Tier, WarmProcess
from autograder.types import Assignment, Submission, Verdict


@dataclass(frozen=True)
class Opening:
    """What a grading process must know before the first submission of an assignment."""

    root: Path
    slug: str
    secret_hex: str
    tier: Tier


OPENING = TypeAdapter(Opening)
SUBMISSION = TypeAdapter(Submission)
VERDICT = TypeAdapter(Verdict)
PROBLEMS = TypeAdapter(list[str])


class GradingProcess:
    """Answers the engine: `open` starts a suite, `job` grades one submission, `close` ends the suite."""

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

    def _open(self, opening: Opening) -> None:
        try:
            warm = self._warmed(opening.tier)  # it imports torch while the suite is loaded
            assignment = load_assignment(load_course(opening.root), opening.slug)
            warm.fork(Budget()).kill()  # a machine that cannot isolate is told once, not once per submission
            run_suite(assignment, bytes.fromhex(opening.secret_hex), warm, self._submissions(assignment), self._emit)
        except AutograderError as error:
            problems = getattr(error, "problems", [str(error)])
            self._reply(ok=False, reason=PROBLEMS.dump_json(problems))

    def _submissions(self, assignment: Assignment) -> Iterator[Submission]:
        """Submissions as the engine sends them; asked for first when the suite is collected and right."""
        self._reply(ok=True, slug=assignment.slug)
        while True:
            try:
                message = wire.decode(wire.receive(self._channel))
            except wire.Closed:
                return
            if message["op"] != "job":
                self._reply(ok=True, slug=assignment.slug)
                return
            yield SUBMISSION.validate_json(message["job"])

    def _emit(self, _: Submission, verdict: Verdict) -> None:
        self._reply(reply=VERDICT.dump_json(verdict))

    def _warmed(self, tier: Tier) -> WarmProcess:
        if self._warm is None:
            self._warm = WarmProcess(tier)
            self._warm.start()
        return self._warm

    def _reply(self, **message: object) -> None:
        wire.send(self._channel, wire.encode(message))


def main() -> None:
    """Serves the engine at the other end of the descriptor given as the only argument."""
    with socket.socket(fileno=int(sys.argv[1])) as channel:
        GradingProcess(channel).run()


if __name__ == "__main__":
    main()
