"""Makes any text safe to look at.

Covers control, bidirectional and invisible characters, stacked accents, invalid Unicode and length.
Does not cover HTML: the templates escape.
"""

from __future__ import annotations

import unicodedata

LONGEST = 4000
_MOST_MARKS = 4
_KEPT = frozenset("\n\t\u200c\u200d")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def visible(text: str, longest: int = LONGEST) -> str:
    """The text with nothing in it that hides or reorders the rest.

    `visible("\\u202ecod.exe") -> "⟨U+202E⟩cod.exe"`. Line ends become `\\n`; joiners that scripts and emoji
    need are kept; more than 4 accents on one letter are dropped; a text of more than `longest` characters
    ends with `…`.
    """
    kept: list[str] = []
    marks = 0
    shortened = len(text) > longest
    for character in text[:longest].replace("\r\n", "\n").replace("\r", "\n"):
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > _MOST_MARKS:
            continue
        hidden = category in _HIDDEN and character not in _KEPT
        kept.append(f"⟨U+{ord(character):04X}⟩" if hidden else character)
    return "".join(kept) + ("…" if shortened else "")


def one_line(text: str, longest: int = 120) -> str:
    """`visible` on one line, for names. `one_line("a\\nb") -> "a b"`"""
    return " ".join(visible(text, longest).split())
