"""Runs the public checks on a student's own work, at once, on any system.

Covers finding the work in a released folder or in a live notebook, time limits, and what the student reads. Does not
cover hidden suites: nothing of theirs is here.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from autograder.adapters.released import CHECKS_FILE, PUBLIC_FILE, read_checks, read_released
from autograder.adapters.stand_in import WORK_SUFFIXES
from autograder.adapters.submission import read_file, read_submission
from autograder.errors import SubmissionError
from autograder.pure.scoring import hint_of
from autograder.types import Assignment, Group, GroupGrade, Language, Outcome, Submission, Text

RUNNER = "autograder.adapters.public_checks"
LOOKS_EVERY_S = 0.05  # at the time of the last save, which costs next to nothing
START_S = 60.0  # importing torch on a slow laptop
SLOWER = 2.0  # a student's machine beside the one that grades

_TOO_LONG = Text(
    "your code did not come back in time; is there a loop that does not end?",
    "votre code n'a pas rendu la main à temps ; y a-t-il une boucle sans fin ?",
)
_ENDED = Text(
    "your code ended its process; it must return a value instead",
    "votre code a mis fin à son processus ; il doit renvoyer une valeur",
)
_NO_PATH = Text(
    "{path}: there is no such file or folder. Check its name.",
    "{path} : aucun fichier ni dossier de ce nom. Vérifiez-le.",
)
_NO_WORK = Text(
    "{path}: work is a Python file or a notebook (.py or .ipynb). Name that file, or its folder.",
    "{path} : un travail est un fichier Python ou un notebook (.py ou .ipynb). Indiquez ce fichier, ou son dossier.",
)
_NOT_RELEASED = Text(
    "{path}: no assignment is in this folder. Keep your file in the folder that was handed out and name it: "
    "autograder check attention/attention.py",
    "{path} : il n'y a pas d'exercice dans ce dossier. Laissez votre fichier dans le dossier distribué "
    "et indiquez-le : autograder check attention/attention.py",
)
_CHANGED = Text(
    "{path}: {public} and {checks} are not what was handed out. Take them again from the released folder; "
    "your own file can stay.",
    "{path} : {public} et {checks} ne sont pas ceux qui ont été distribués. Reprenez-les dans le dossier distribué ; "
    "votre fichier peut rester.",
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


class Runners:
    """Processes that run checks, each for one work. `ahead`: the next has imported torch before it is asked for."""

    def __init__(self, language: Language, ahead: bool = False) -> None:
        self._environment = {**os.environ, "AUTOGRADER_LANG": language}
        self._ahead = ahead
        self._waiting: dict[Path, subprocess.Popen[str]] = {}

    def take(self, folder: Path) -> subprocess.Popen[str]:
        """A process in this folder that waits for its task."""
        child = self._waiting.pop(folder, None) or self._start(folder)
        self.prepare(folder)
        return child

    def prepare(self, folder: Path) -> None:
        """Starts the next one, where that is wanted, and waits for nothing."""
        if self._ahead and folder not in self._waiting:
            self._waiting[folder] = self._start(folder)

    def _start(self, folder: Path) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", RUNNER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=folder,
            env=self._environment,
            text=True,
            encoding="utf-8",
        )

    def __enter__(self) -> Runners:
        return self

    def __exit__(self, *_: object) -> None:
        for child in self._waiting.values():
            child.kill()
            child.communicate()
        self._waiting.clear()


def versions(path: Path) -> Iterator[None]:
    """Comes back at once, then each time the work at `path` was saved."""
    shown: object = None
    now = _stamps(path)
    while True:
        if now != shown:
            shown = now
            yield
        before, now = now, _stamps(path)
        while now != shown and now != before:  # half saved, it may be
            time.sleep(LOOKS_EVERY_S)
            before, now = now, _stamps(path)
        time.sleep(LOOKS_EVERY_S)


def _stamps(path: Path) -> frozenset[tuple[str, int, int]]:
    files = path.iterdir() if path.is_dir() else (path,)
    found = set()
    for file in files:
        with contextlib.suppress(OSError):  # an editor may be replacing it
            if file.suffix.lower() in WORK_SUFFIXES:
                found.add((file.name, file.stat().st_mtime_ns, file.stat().st_size))
    return frozenset(found)


def check_work(path: Path, language: Language, runners: Runners | None = None) -> Checked:
    """Checks the work at `path`: a module, a notebook, or the folder it is in.

    Raises SubmissionError when there is no work, it cannot be read, or the released folder is incomplete.
    """
    folder, assignment, submission = own_work(path, language)
    checks = _checks(folder, language)
    if submission.problem is not None:
        raise SubmissionError(submission.problem.say(language))
    outcomes, notes = _run_all(assignment, submission, checks, folder, runners or Runners(language))
    groups = tuple(_grade(group, *outcomes[group.id]) for group in assignment.groups)
    return Checked(assignment.slug, submission.file, groups, submission.notes + notes)


def own_work(path: Path, language: Language) -> tuple[Path, Assignment, Submission]:
    """The released folder that a student's work lies in, its assignment, and the work as it was read.

    Raises SubmissionError when there is no file of that name or the folder is not what was handed out.
    """
    if not path.exists():
        raise _refused(_NO_PATH, path, language)
    if path.is_file() and path.suffix.lower() not in WORK_SUFFIXES:
        raise _refused(_NO_WORK, path, language)
    folder = (path if path.is_dir() else path.parent).resolve()
    assignment = _released(folder, language)
    if path.is_dir():
        return folder, assignment, read_submission(folder, assignment, folder, "")
    return folder, assignment, read_file(path, assignment, folder, "", datetime.now(UTC))


def check_names(names: dict[str, Any], folder: Path, language: Language) -> Checked:
    """Checks what a notebook in `folder` defines at this moment, in its own process. Raises as `check_work` does."""
    from autograder.adapters.public_checks import PublicChecks  # imports torch, which the notebook has; a command waits

    assignment = _released(folder.resolve(), language)
    work = PublicChecks({"checks": _checks(folder, language), "requires": assignment.requires})
    work.adopt(names)
    groups = tuple(_grade(group, *work.check(group.id)) for group in assignment.groups)
    return Checked(assignment.slug, "", groups, ())


def summary(done: Checked, language: Language) -> str:
    """The last line: how many checks pass, and that there are others."""
    good, total = sum(each.outcome is Outcome.PASSED for each in done.groups), len(done.groups)
    return Text(
        f"Public checks passed: {good} of {total}. The hidden checks go further: other inputs, edge cases.",
        f"Vérifications publiques réussies : {good} sur {total}. Les vérifications cachées vont plus loin : "
        "autres entrées, cas limites.",
    ).say(language)


def _released(folder: Path, language: Language) -> Assignment:
    if not (folder / PUBLIC_FILE).is_file():
        raise _refused(_NOT_RELEASED, folder, language)
    try:
        return read_released(folder)
    except SubmissionError:
        raise _refused(_CHANGED, folder, language) from None


def _checks(folder: Path, language: Language) -> dict[str, str]:
    try:
        return read_checks(folder)
    except SubmissionError:
        raise _refused(_CHANGED, folder, language) from None


def _refused(why: Text, path: Path, language: Language) -> SubmissionError:
    return SubmissionError(why.say(language).format(path=path, public=PUBLIC_FILE, checks=CHECKS_FILE))


def _grade(group: Group, outcome: Outcome, message: Text) -> GroupGrade:
    points = group.points if outcome is Outcome.PASSED else 0.0
    return GroupGrade(group.id, group.title, points, group.points, outcome, message, hint_of(group, outcome))


def _run_all(
    assignment: Assignment, submission: Submission, checks: dict[str, str], folder: Path, runners: Runners
) -> tuple[dict[str, tuple[Outcome, Text]], tuple[Text, ...]]:
    """Outcome and message per group, notes on loading; a check that hangs or ends the process costs its group only."""
    outcomes: dict[str, tuple[Outcome, Text]] = {}
    notes: tuple[Text, ...] = ()
    pending = [group.id for group in assignment.groups]
    while pending:
        told, fate = _run_some(assignment, submission, checks, pending, folder, runners)
        loaded = False
        for message in told:
            if "notes" in message:
                notes, loaded = tuple(Text(en, fr) for en, fr in message["notes"]), True
            else:
                outcomes[message["group"]] = (Outcome(message["outcome"]), Text(*message["message"]))
        pending = [group for group in pending if group not in outcomes]
        stuck = pending[:1] if loaded else pending
        outcomes.update(dict.fromkeys(stuck, fate))
        pending = pending[len(stuck) :]
    return outcomes, notes


def _run_some(
    assignment: Assignment,
    submission: Submission,
    checks: dict[str, str],
    groups: list[str],
    folder: Path,
    runners: Runners,
) -> tuple[list[dict[str, Any]], tuple[Outcome, Text]]:
    """What the process told of loading and of each group, and the fate of the group it did not get past."""
    task = {
        "file": submission.file,
        "cells": [(cell.number, cell.source) for cell in submission.cells],
        "checks": checks,
        "groups": groups,
        "requires": assignment.requires,
    }
    child = runners.take(folder)
    assert child.stdin is not None and child.stdout is not None
    lines: queue.Queue[str | None] = queue.Queue()
    threading.Thread(target=_read_lines, args=(child.stdout, lines), daemon=True).start()
    # It may end before it reads its task; what it told, and that it ended, is seen below.
    with contextlib.suppress(OSError):
        child.stdin.write(json.dumps(task))
        child.stdin.close()
    told: list[dict[str, Any]] = []
    patience = START_S
    try:
        while len(told) < len(groups) + 1:
            line = lines.get(timeout=patience)
            if line is None:
                return told, (Outcome.CRASHED, _ENDED)
            message = json.loads(line)
            patience = SLOWER * (assignment.limits.load_s if "ready" in message else assignment.limits.test_s)
            if "ready" not in message:
                told.append(message)
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
