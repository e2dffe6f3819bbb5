"""The formats there are, by the name that commands give them.

Covers what each can say, how a bank is written and how one is read. Does not cover quizzes of ours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograder.adapters.quizzes.exchange import moodle, moodle_read
from autograder.adapters.quizzes.exchange.bank import Abilities, Bank, Loss


@dataclass(frozen=True)
class Format:
    """One format: `write(bank, folder)` gives the file, `read(file, content)` the bank and what was not read."""

    able: Abilities
    write: Callable[[Bank, Path], Path]
    read: Callable[[Path, bytes], tuple[Bank, tuple[Loss, ...]]]


FORMATS = {"moodle": Format(moodle.ABLE, moodle.write, moodle_read.read)}
