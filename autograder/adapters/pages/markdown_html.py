"""Turns the Markdown of quizzes into HTML whose formulas are MathML, so that browsers show and read them unaided.

Covers whole texts and single lines. Does not cover what students wrote: it is shown as text, never as Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from latex2mathml.converter import convert
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

from autograder.adapters.pages.markdown import leaves, reader
from autograder.adapters.pages.wording import typeset
from autograder.types import Language

_DECIMAL_COMMA = re.compile(r"<mn>(\d+)</mn><mrow><mo>&#x0002C;</mo></mrow><mn>(\d+)</mn>")


def to_html(text: str, language: Language) -> Markup:
    """Blocks of safe HTML. `to_html("use `exp`", "en") -> "<p>use <code>exp</code></p>"`"""
    return Markup(_html(text, language, inline=False))  # noqa: S704 - markdown-it escapes; raw HTML is off


def to_line(text: str, language: Language) -> Markup:
    """The same without paragraphs, for a label. `to_line("*a*", "en") -> "<em>a</em>"`"""
    return Markup(_html(text, language, inline=True))  # noqa: S704 - as above


@lru_cache(maxsize=4096)
def mathml(tex: str) -> str:
    r"""The formula as MathML, or its source as code where it has none. `mathml("d_k")` -> `<math …><msub>…`"""
    try:
        made = convert(tex)
    except Exception:  # noqa: BLE001 - the library raises many kinds; the source is readable all the same
        return f"<code>{escape(tex)}</code>"
    if "\\" in made:
        return f"<code>{escape(tex)}</code>"
    return _DECIMAL_COMMA.sub(r"<mn>\1,\2</mn>", made)


@lru_cache(maxsize=4096)
def _html(text: str, language: Language, inline: bool) -> str:
    parsed = _READER.parseInline(text) if inline else _READER.parse(text)
    for token in leaves(parsed):
        if token.type == "text":
            token.content = typeset(token.content, language)
    return str(_READER.renderer.render(parsed, _READER.options, {})).strip()


def _formula(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return mathml(tokens[index].content)


_READER = reader()
_READER.add_render_rule("math_inline", _formula)
