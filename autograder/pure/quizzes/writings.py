"""The texts that a pattern matches, when they are few.

Covers literals, `?`, sets, alternatives, groups and optional spaces, as patterns of written answers use them. Does not
cover patterns that match without end: those have no list of texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

MOST = 40
_PIECES = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\(\?:|\{\d*,?\d*\}|.", re.DOTALL)
_SPACES = {"*": ("", " "), "+": (" ",)}  # runs of spaces are one in an answer
_SET = re.compile(r"\\(.)|(.)-(.)|(.)", re.DOTALL)


class _Endless(ValueError):
    """The pattern has no list of texts."""


def writings(pattern: str) -> tuple[str, ...] | None:
    """Every text that matches, None when they are many. `writings("(top|max) ?k") -> ("topk", "top k", "maxk", …)`"""
    reader = _Reader(_PIECES.findall(pattern))
    try:
        texts = reader.choice()
    except _Endless:
        return None
    if reader.rest:
        return None
    return tuple(dict.fromkeys(" ".join(each.split()) for each in texts))


@dataclass
class _Reader:
    """Reads pieces from the left; every method gives the texts of what it read."""

    rest: list[str]

    def choice(self) -> tuple[str, ...]:
        texts = self.run()
        while self.rest[:1] == ["|"]:
            self.rest.pop(0)
            texts = _few(texts + self.run())
        return texts

    def run(self) -> tuple[str, ...]:
        texts: tuple[str, ...] = ("",)
        while self.rest and self.rest[0] not in ("|", ")"):
            texts = _few(tuple(a + b for a, b in product(texts, self.repeated())))
        return texts

    def repeated(self) -> tuple[str, ...]:
        texts = self.one()
        mark = self.rest[0] if self.rest else ""
        if mark == "?":
            self.rest.pop(0)
            return ("", *texts)
        if mark in _SPACES and texts == (" ",):
            self.rest.pop(0)
            return _SPACES[mark]
        if mark in ("*", "+") or re.fullmatch(r"\{\d*,?\d*\}", mark):
            raise _Endless
        return texts

    def one(self) -> tuple[str, ...]:
        piece = self.rest.pop(0)
        if piece in ("(", "(?:"):
            if self.rest[:1] == ["?"]:
                raise _Endless
            texts = self.choice()
            if not self.rest:
                raise _Endless
            self.rest.pop(0)
            return texts
        if piece.startswith("[") and len(piece) > 1:
            return _few(tuple(_members(piece[1:-1])))
        if piece == "\\s":
            return (" ",)
        if piece.startswith("\\") and not piece[1:].isalnum():
            return (piece[1:],)
        if piece in (".", "*", "+", "?", "^", "$") or piece.startswith("\\"):
            raise _Endless
        return (piece,)


def _members(inside: str) -> Iterator[str]:
    """The characters of a set. `_members("a-c_") -> a, b, c, _`"""
    if inside.startswith("^"):
        raise _Endless
    for escaped, low, high, single in _SET.findall(inside):
        if escaped.isalnum() and escaped != "s":
            raise _Endless
        if low:
            if ord(high) - ord(low) > MOST:
                raise _Endless
            yield from (chr(code) for code in range(ord(low), ord(high) + 1))
        else:
            yield " " if escaped == "s" else escaped or single


def _few(texts: tuple[str, ...]) -> tuple[str, ...]:
    texts = tuple(dict.fromkeys(texts))
    if len(texts) > MOST:
        raise _Endless
    return texts
