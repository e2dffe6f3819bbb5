"""Written answers compared as people would: by what is said, not by how its marks are encoded.

Covers Unicode, apostrophes, quotes and French spaces, and the whole-answer match of patterns. Does not cover spelling.
"""

from __future__ import annotations

import re
import unicodedata

from autograder.quiz_types import Accept

LONGEST = 500  # characters; what is longer fits nothing
_SIGNS = {ord(sign): "'" for sign in "’‘ʼ`´"} | {ord(sign): '"' for sign in "“”„«»"} | {ord("\u2011"): "-"}


def normalised(text: str) -> str:
    """Letters composed, one kind of apostrophe, quote and space. `normalised("l’ idée\\u202f!") -> "l' idée!"`"""
    text = unicodedata.normalize("NFC", text).translate(_SIGNS)
    text = "".join(each for each in text if each in "\n\t" or unicodedata.category(each) not in ("Cf", "Cc"))
    return re.sub(r" (?=[;:!?%])", "", " ".join(text.split()))


def fits(answer: str, accept: Accept) -> bool:
    """Whether the whole of an answer, with or without its full stop, is one that the entry takes."""
    if len(answer) > LONGEST:
        return False
    said = normalised(answer)
    return any(_fits(each, accept) for each in dict.fromkeys((said, said.removesuffix(".").rstrip())) if each)


def _fits(said: str, accept: Accept) -> bool:
    if accept.regex is not None:
        return re.fullmatch(plain_pattern(accept.regex), said, re.IGNORECASE if accept.ignore_case else 0) is not None
    texts = [normalised(text) for text in accept.texts]
    if accept.ignore_case:
        return said.casefold() in [text.casefold() for text in texts]
    return said in texts


def plain_pattern(regex: str) -> str:
    """A pattern whose letters and signs are those of `normalised` texts."""
    return unicodedata.normalize("NFC", regex).translate(_SIGNS)


def same_output(answer: str, expected: str) -> bool:
    """Whether two texts are one program's output; spaces at line ends, after commas and in brackets do not count."""
    return printed(answer) == printed(expected)


def printed(text: str) -> str:
    """A program's output without what does not count. `printed("[1,  2] \\n") -> "[1,2]"`"""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\u00a0", " ").strip("\n ").split("\n")
    return "\n".join(re.sub(r"(?<=[,(\[{]) +| +(?=[)\]},])", "", line.rstrip()) for line in lines)
