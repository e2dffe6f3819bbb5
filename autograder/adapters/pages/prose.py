"""Turns one text of the course into safe HTML, Markdown or plain text.

Covers inline code, `$LaTeX$` and line ends. Does not cover links, images, emphasis or raw HTML: they are
shown as they were written, since a message may hold words of a student's program.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from autograder.adapters.pages import mathematics
from autograder.adapters.pages.markdown import dollars
from autograder.adapters.pages.visible import visible
from autograder.adapters.pages.wording import typeset
from autograder.types import Language

_TAGS = {"code", "i", "b", "sub", "sup", "span", "br"}
_MARKDOWN_SPECIAL = re.compile(r"([\\`*_\[\]<>|~$&#@])")
_MARKDOWN_START = re.compile(r"^(\d*)([-+=.)])")


@dataclass(frozen=True)
class Piece:
    """A stretch of text, of code or of mathematics."""

    kind: Literal["text", "code", "math"]
    content: str


def to_html(text: str, language: Language) -> Markup:
    """Safe HTML. `to_html("use `exp` < 1", "en") -> "use <code>exp</code> &lt; 1"`"""
    return Markup(_html(text, language))  # noqa: S704 - cleaned by nh3 in _html


@lru_cache(maxsize=4096)
def to_markdown(text: str, language: Language) -> str:
    """One line of Markdown that shows the text and nothing else. `to_markdown("<b>", "en") -> "\\<b\\>"`"""
    parts: list[str] = []
    for piece in _pieces(text):
        if piece.kind == "code":
            parts.append(code_span(_one_line(piece.content)))
        elif piece.kind == "math" and _readable(piece.content):
            parts.append("$" + piece.content.replace("<", r"\lt ").replace(">", r"\gt ") + "$")
        elif piece.kind == "math":
            parts.append(code_span(_one_line(piece.content)))
        else:
            shown = typeset(" ".join(piece.content.split("\n")), language)
            shown = _MARKDOWN_SPECIAL.sub(r"\\\1", shown).replace("://", r":\/\/").replace("www.", r"www\.")
            parts.append(shown)
    return _MARKDOWN_START.sub(r"\1\\\2", "".join(parts).strip())


def to_plain(text: str, language: Language) -> str:
    """Text alone, for labels of a plot. `to_plain("the root of $d_k$", "en") -> "the root of d_k"`"""
    parts = []
    for piece in _pieces(text):
        if piece.kind == "math" and _readable(piece.content):
            parts.append(mathematics.to_plain(piece.content))
        else:
            parts.append(typeset(piece.content, language) if piece.kind == "text" else piece.content)
    return " ".join("".join(parts).split())


@lru_cache(maxsize=4096)
def _html(text: str, language: Language) -> str:
    parts = [_piece_html(piece, language) for piece in _pieces(text)]
    return nh3.clean("".join(parts), tags=_TAGS, attributes={"span": {"class"}}, link_rel=None)


def _piece_html(piece: Piece, language: Language) -> str:
    if piece.kind == "code":
        return f"<code>{escape(piece.content)}</code>"
    if piece.kind == "math":
        try:
            return f'<span class="math">{mathematics.to_html(piece.content)}</span>'
        except mathematics.Unreadable:
            return f"<code>{escape(piece.content)}</code>"
    return str(escape(typeset(piece.content, language))).replace("\n", "<br>")


@lru_cache(maxsize=4096)
def _pieces(text: str) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for token in _READER.parseInline(visible(text))[0].children or []:
        kind: Literal["text", "code", "math"] = "text"
        if token.type == "code_inline":
            kind = "code"
        elif token.type == "math_inline":
            kind = "math"
        if token.content:
            pieces.append(Piece(kind, token.content))
    return tuple(pieces)


def _reader() -> MarkdownIt:
    reader = MarkdownIt("zero", {"html": False}).enable("backticks")
    reader.inline.ruler.before("backticks", "math", dollars)
    return reader


_READER = _reader()


def _readable(tex: str) -> bool:
    try:
        mathematics.to_html(tex)
    except mathematics.Unreadable:
        return False
    return True


def _one_line(code: str) -> str:
    return " ".join(code.split("\n")).replace("|", "\u2223")


def code_span(code: str) -> str:
    """Inline code in Markdown. `code_span("a`b") -> "``a`b``"`"""
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    fence = "`" * (longest + 1)
    gap = " " if code.startswith(("`", " ")) or code.endswith(("`", " ")) else ""
    return f"{fence}{gap}{code}{gap}{fence}"
