"""Regular expressions that a quiz may use: those that no answer can make slow.

Covers counting repetitions and refusing repetitions of repetitions. Does not cover what a pattern should accept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 200  # characters of a pattern
_MOST_UNBOUNDED = 3  # with answers of at most 500 characters, some millions of steps at worst
_MOST_REPEATS = 10
_REPEAT = re.compile(r"[*+?]|\{\d*,?\d*\}")


@dataclass
class _Group:
    """What has been read of one bracket so far."""

    repeats: bool = False
    chooses: bool = False


def why_refused(pattern: str) -> str | None:
    """What keeps a pattern from being used, None when nothing does. `why_refused("(a+)+")` -> a repetition of …"""
    if len(pattern) > LONGEST:
        return f"is longer than {LONGEST} characters"
    try:
        re.compile(pattern)
    except re.error as error:
        return f"is not a regular expression ({error})"
    return _slow(_pieces(pattern))


def _pieces(pattern: str) -> list[str]:
    """The pattern in pieces: escapes, sets and repetitions whole, all else one by one."""
    return re.findall(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[*+?]|\{\d*,?\d*\}|.", pattern, re.DOTALL)


def _slow(pieces: list[str]) -> str | None:
    groups, closed = [_Group()], _Group()
    unbounded = repeats = 0
    for before, piece in zip(["", *pieces], pieces, strict=False):
        if piece == "(":
            groups.append(_Group())
        elif piece == ")":
            closed = groups.pop()
            groups[-1].repeats |= closed.repeats
            groups[-1].chooses |= closed.chooses
        elif piece == "|":
            groups[-1].chooses = True
        elif re.fullmatch(r"\\[1-9]", piece):
            return "refers back to a group, which may be slow"
        elif _REPEAT.fullmatch(piece) and before != "(" and piece != "{}":
            if _REPEAT.fullmatch(before):
                continue  # a lazy or possessive mark
            if before == ")" and piece != "?" and (closed.repeats or closed.chooses):
                return "repeats a group that itself repeats or chooses, which may be slow"
            groups[-1].repeats = True
            repeats += 1
            unbounded += piece in "*+" or piece.endswith(",}")
    if unbounded > _MOST_UNBOUNDED:
        return f"has more than {_MOST_UNBOUNDED} repetitions without end, which may be slow"
    return f"has more than {_MOST_REPEATS} repetitions, which may be slow" if repeats > _MOST_REPEATS else None
