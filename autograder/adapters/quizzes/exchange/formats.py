"""The formats there are, by the name that commands give them.

Covers what each can say, how a bank is written and how one is read. Does not cover quizzes of ours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.adapters.quizzes.exchange import (
    canvas,
    canvas_read,
    gift,
    gift_read,
    moodle,
    moodle_read,
    qti3,
    qti3_read,
)
from autograder.adapters.quizzes.exchange.bank import Abilities, Bank, Loss
from autograder.adapters.quizzes.exchange.places import content_of


@dataclass(frozen=True)
class Format:
    """One format: `write(bank, folder)` gives the file, `read(file)` the bank and what was not read."""

    able: Abilities
    write: Callable[[Bank, Path], Path]
    read: Callable[[Path], tuple[Bank, tuple[Loss, ...]]]


def _one_file(read: Callable[[Path, bytes], tuple[Bank, tuple[Loss, ...]]]) -> Callable[[Path], Any]:
    return lambda file: read(file, content_of(file))


FORMATS = {
    "moodle": Format(moodle.ABLE, moodle.write, _one_file(moodle_read.read)),
    "gift": Format(gift.ABLE, gift.write, _one_file(gift_read.read)),
    "qti12": Format(canvas.ABLE, canvas.write, canvas_read.read),
    "qti3": Format(qti3.ABLE, qti3.write, qti3_read.read),
}
