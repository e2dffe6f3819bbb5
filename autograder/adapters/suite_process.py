"""A process that runs hidden suites for the engine that started it: over submissions, or over trials.

Covers the loop of messages: open an assignment, do its jobs one by one, close. Does not cover what is done with the
replies, nor student code, which runs in the sandbox's workers.
"""

from __future__ import annotations

import contextlib
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from autograder import wire
from autograder.adapters.course import load_assignment, load_course
from autograder.adapters.course_bundle import unpack
from autograder.adapters.suite import run_suite
from autograder.adapters.suite_jobs import JOB, OPENING, PROBLEMS, TRIAL, TRIED, VERDICT, Opening
from autograder.adapters.trials import run_trials
from autograder.errors import AutograderError
from autograder.machinery.sandbox import Budget, Tier, WarmProcess

Kind = TypeVar("Kind")


class SuiteProcess:
    """Answers the engine: `open` starts a suite, `job` runs it over one submission or trial, `close` ends it."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._warm: WarmProcess | None = None

    def run(self) -> None:
        """Works until the engine closes the channel."""
        try:
            while True:
                message = wire.decode(wire.receive(self._channel))
                if message["op"] == "open":
                    opening = OPENING.validate_json(message["opening"])
                    with tempfile.TemporaryDirectory(prefix="autograder-course-") as folder:
                        self._open(opening, Path(folder))
        except wire.Closed:
            return
        finally:
            if self._warm:
                self._warm.close()

    def _open(self, opening: Opening, folder: Path) -> None:
        try:
            warm = self._warmed(opening.tier)  # it imports torch while the suite is loaded
            root = opening.root if opening.bundle is None else unpack(opening.bundle, folder)
            assignment = load_assignment(load_course(root), opening.slug)
            warm.fork(Budget()).kill()  # a machine that cannot isolate is told once, not once per submission
            if opening.secret_hex is None:
                run_trials(assignment, warm, self._jobs(TRIAL), lambda tried: self._reply(reply=TRIED.dump_json(tried)))
            else:
                secret = bytes.fromhex(opening.secret_hex)
                run_suite(
                    assignment, secret, warm, self._jobs(JOB),
                    lambda verdict: self._reply(reply=VERDICT.dump_json(verdict)),
                )  # fmt: skip
        except AutograderError as error:
            problems = getattr(error, "problems", [str(error)])
            self._reply(ok=False, reason=PROBLEMS.dump_json(problems))

    def _jobs(self, kind: TypeAdapter[Kind]) -> Iterator[Kind]:
        """Jobs as the engine sends them; asked for first when the suite is collected and right."""
        self._reply(ok=True)
        while True:
            try:
                message = wire.decode(wire.receive(self._channel))
            except wire.Closed:
                return
            if message["op"] != "job":
                self._reply(ok=True)
                return
            yield kind.validate_json(message["job"])

    def _warmed(self, tier: Tier) -> WarmProcess:
        if self._warm is None:
            self._warm = WarmProcess(tier)
            self._warm.start()
        return self._warm

    def _reply(self, **message: object) -> None:
        with contextlib.suppress(wire.Closed):  # the engine is gone: asking it for the next job ends this process
            wire.send(self._channel, wire.encode(message))


def main() -> None:
    """Serves the engine at the other end of the descriptor given as the only argument."""
    with socket.socket(fileno=int(sys.argv[1])) as channel:
        SuiteProcess(channel).run()


if __name__ == "__main__":
    main()
