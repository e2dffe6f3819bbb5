"""Regular expressions that a quiz may use: those that no answer can make slow and that browsers know too.

Covers counting repetitions, refusing repetitions of repetitions, and writing a pattern for a browser. Does not cover
what a pattern should accept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 200  # characters of a pattern
_MOST_UNBOUNDED = 3  # with answers of at most 500 characters, some millions of steps at worst
_MOST_REPEATS = 10
_IN_SETS = {r"\d": r"\p{Nd}", r"\w": r"\p{L}\p{N}_"}
_WORD = r"[\p{L}\p{N}_]"
_ALONE = {
    r"\d": r"\p{Nd}",
    r"\D": r"\P{Nd}",
    r"\w": _WORD,
    r"\W": r"[^\p{L}\p{N}_]",
    r"\b": rf"(?:(?<!{_WORD})(?={_WORD})|(?<={_WORD})(?!{_WORD}))",
    r"\B": rf"(?:(?<!{_WORD})(?!{_WORD})|(?<={_WORD})(?={_WORD}))",
    r"\A": "^",
    r"\Z": "$",
    "{}": r"\{\}",
    "{": r"\{",
    "}": r"\}",
    "]": r"\]",
}
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
    return _foreign(_pieces(pattern)) or _slow(_pieces(pattern))


def for_browsers(pattern: str) -> str:
    r"""The same pattern for a JavaScript `RegExp` with the flag `u`. `for_browsers(r"\w-\-") -> r"[\p{L}\p{N}_]--"`"""
    return "".join(_translated(each) for each in _pieces(pattern))


def _foreign(pieces: list[str]) -> str | None:
    """What browsers write otherwise, or not at all."""
    for place, piece in enumerate(pieces):
        ahead = "".join(pieces[place + 1 : place + 3])
        if piece == "(" and ahead[:1] == "?" and ahead[1:] not in (":", "=", "!", "<"):
            return f"holds '(?{ahead[1:]}', which browsers do not know"
        if piece == "(" and ahead == "?<" and pieces[place + 3 : place + 4] not in (["="], ["!"]):
            return "names a group, which browsers write otherwise"
        if _REPEAT.fullmatch(piece) and ahead[:1] == "+":
            return f"holds '{piece}+', which browsers do not know"
        if piece.startswith("[") and re.search(r"\\[DWSbB]", piece):
            return f"holds '{piece}', which browsers read otherwise"
    return None


def _translated(piece: str) -> str:
    if piece.startswith("[") and len(piece) > 1:
        inner = piece[1:-1]
        start = "^" if inner.startswith("^") else ""
        parts = re.findall(r"\\.|.", inner[len(start) :], re.DOTALL)
        return f"[{start}{''.join(_IN_SETS.get(each) or _escape(each, inside=True) for each in parts)}]"
    if piece.startswith("{,"):
        return "{0" + piece[1:]
    if piece in _ALONE:
        return _ALONE[piece]
    return _escape(piece, inside=False)


def _escape(piece: str, inside: bool) -> str:
    """An escape that JavaScript allows: it refuses those of characters that need none."""
    if inside and piece == "]":
        return r"\]"
    if len(piece) == 2 and piece[0] == "\\" and not piece[1].isalnum():
        needed = "\\]^-[" if inside else "^$\\.*+?()[]{}|/"
        return piece if piece[1] in needed else piece[1]
    return piece


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
