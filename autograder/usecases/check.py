"""Runs the public checks on a student's own work, at once, on any system.

Covers finding the work in a released folder, time limits, and what the student reads. Does not cover hidden suites:
nothing of theirs is here.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from autograder.adapters.released import read_checks, read_released
from autograder.adapters.submission import read_submission
from autograder.errors import Location, SubmissionError, problem
from autograder.types import NOTHING, Assignment, Group, GroupGrade, Language, Outcome, Submission, Text

RUNNER = "autograder.adapters.public_checks"
START_S = 60.0  # importing torch on a slow laptop

_TOO_LONG = Text(
    "your code did not come back in time; is there a loop that does not end?",
    "votre code n'a pas rendu la main à temps ; y a-t-il une boucle sans fin ?",
)
_ENDED = Text(
    "your code ended its process before this check", "votre code a mis fin à son processus avant cette vérification"
)


@dataclass(frozen=True)
class Checked:
    """What the public checks said of one work."""

    assignment: str
    file: str
    groups: tuple[GroupGrade, ...]
    notes: tuple[Text, ...]

    @property
    def all_pass(self) -> bool:
        return all(group.outcome is Outcome.PASSED for group in self.groups)


def check_work(path: Path, language: Language) -> Checked:
    """Checks the work at `path`: a module, a notebook, or the folder it is in.

    Raises SubmissionError when there is no work, it cannot be read, or the released folder is incomplete.
    """
    if not path.exists():
        raise SubmissionError(problem(Location(str(path)), "there is no such file or folder", "check its name"))
    folder = path if path.is_dir() else path.resolve().parent
    assignment, checks = read_released(folder), read_checks(folder)
    submission = (
        read_submission(folder, assignment, folder, "") if path.is_dir() else _read_file(path, assignment, folder)
    )
    if submission.problem is not None:
        raise SubmissionError(submission.problem.say(language))
    outcomes, notes = _run_all(assignment, submission, checks, folder, language)
    groups = tuple(_grade(group, *outcomes[group.id]) for group in assignment.groups)
    return Checked(assignment.slug, submission.file, groups, submission.notes + notes)


def _read_file(path: Path, assignment: Assignment, folder: Path) -> Submission:
    from autograder.adapters.submission import read_file

    return read_file(path, assignment, folder, "", datetime.now(UTC))


def _grade(group: Group, outcome: Outcome, message: Text) -> GroupGrade:
    passed = outcome is Outcome.PASSED
    hint = NOTHING if passed else group.hint
    return GroupGrade(group.id, group.title, group.points if passed else 0.0, group.points, outcome, message, hint)


def _run_all(
    assignment: Assignment, submission: Submission, checks: dict[str, str], folder: Path, language: Language
) -> tuple[dict[str, tuple[Outcome, Text]], tuple[Text, ...]]:
    """Outcome and message per group; a check that hangs or ends the process costs its own group only."""
    outcomes: dict[str, tuple[Outcome, Text]] = {}
    notes: tuple[Text, ...] = ()
    pending = [group.id for group in assignment.groups]
    while pending:
        told, fate = _run_some(assignment, submission, checks, pending, folder, language)
        for message in told:
            if "notes" in message:
                notes = tuple(Text(en, fr) for en, fr in message["notes"])
            else:
                outcomes[message["group"]] = (Outcome(message["outcome"]), Text(*message["message"]))
        pending = [group for group in pending if group not in outcomes]
        if pending:
            stuck = pending if not told else pending[:1]
            for group in stuck:
                outcomes[group] = fate
            pending = pending[len(stuck) :]
    return outcomes, notes


def _run_some(
    assignment: Assignment,
    submission: Submission,
    checks: dict[str, str],
    groups: list[str],
    folder: Path,
    language: Language,
) -> tuple[list[dict[str, Any]], tuple[Outcome, Text]]:
    task = {
        "file": submission.file,
        "cells": [(cell.number, cell.source) for cell in submission.cells],
        "checks": checks,
        "groups": groups,
    }
    child = subprocess.Popen(
        [sys.executable, "-m", RUNNER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=folder,
        env={**os.environ, "AUTOGRADER_LANG": language},
        text=True,
        encoding="utf-8",
    )
    assert child.stdin is not None and child.stdout is not None
    lines: queue.Queue[str | None] = queue.Queue()
    threading.Thread(target=_read_lines, args=(child.stdout, lines), daemon=True).start()
    # It may end before it reads its task; what it told, and that it ended, is seen below.
    with contextlib.suppress(OSError):
        child.stdin.write(json.dumps(task))
        child.stdin.close()
    told: list[dict[str, Any]] = []
    try:
        patience = START_S + assignment.limits.load_s
        while len(told) < len(groups) + 1:
            line = lines.get(timeout=patience)
            if line is None:
                return told, (Outcome.CRASHED, _ENDED)
            told.append(json.loads(line))
            patience = assignment.limits.test_s * 2
        return told, (Outcome.CRASHED, _ENDED)
    except queue.Empty:
        return told, (Outcome.LIMIT, _TOO_LONG)
    finally:
        child.kill()
        child.wait()


def _read_lines(stream: IO[str], lines: queue.Queue[str | None]) -> None:
    for line in stream:
        lines.put(line)
    lines.put(None)


def as_document(done: Checked, language: Language) -> dict[str, object]:
    """The document of `check --json`, in one language."""
    return {
        "version": 1,
        "assignment": done.assignment,
        "file": done.file,
        "notes": [note.say(language) for note in done.notes],
        "groups": [
            {
                "id": group.id,
                "title": group.title.say(language),
                "points": group.points,
                "max_points": group.max_points,
                "outcome": group.outcome.value,
                "message": group.message.say(language),
                "hint": group.hint.say(language),
            }
            for group in done.groups
        ],
    }
