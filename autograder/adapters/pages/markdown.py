"""Reads the Markdown of quizzes, with `$LaTeX$` in it.

Covers paragraphs, lists, tables, emphasis, links and code, and formulas as text for a terminal. Does not cover raw
HTML, images and headings, which are shown as they were written, nor pages (`markdown_html`).
"""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from autograder.adapters.pages import mathematics
from autograder.adapters.pages.wording import typeset
from autograder.types import Language


def dollars(state: StateInline, silent: bool) -> bool:
    """`$…$` as pandoc reads it: no space inside the dollars, no digit after the closing one."""
    source, start = state.src, state.pos
    if source[start] != "$" or source[start + 1 : start + 2] in ("", " ", "\n", "$"):
        return False
    end = source.find("$", start + 1, start + 2 + mathematics.LONGEST)
    if end < 0 or source[end - 1] in " \n" or source[end + 1 : end + 2].isdigit():
        return False
    if not silent:
        state.push("math_inline", "span", 0).content = source[start + 1 : end]
    state.pos = end + 1
    return True


def reader() -> MarkdownIt:
    """A parser of what a text may hold; the tokens of formulas are `math_inline`."""
    made = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "heading", "lheading", "hr"])
    made.inline.ruler.before("backticks", "math", dollars)
    return made


def tokens(text: str, language: Language) -> list[Token]:
    """The text for `rich.markdown`: formulas are text, French spaces unbreakable."""
    parsed = _READER.parse(text)
    for token in leaves(parsed):
        if token.type == "math_inline":
            token.type, token.tag, token.content = "text", "", _spoken(token.content)
        elif token.type == "text":
            token.content = typeset(token.content, language)
    return parsed


def leaves(parsed: list[Token]) -> Iterator[Token]:
    """The inline tokens, those inside of emphasis and links too."""
    for token in parsed:
        yield from token.children or ()


def _spoken(tex: str) -> str:
    try:
        return mathematics.to_plain(tex)
    except mathematics.Unreadable:
        return f"${tex}$"


_READER = reader()
