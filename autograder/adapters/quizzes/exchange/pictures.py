"""The picture below a question's text, as HTML of another program.

Covers putting it there and taking it back out. Does not cover where its file stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

from autograder.adapters.quizzes.exchange.bank import Html, Item, Picture
from autograder.adapters.quizzes.exchange.natural import joined

_BELOW = re.compile(r'<p><img src="([^"]*)" alt="([^"]*)" ?/></p>$')
_AROUND = re.compile(r"<p>((?:(?!</?p>|<pre>|<table>|<ul>|<ol>).)*)</p>", re.DOTALL)


def shown(item: Item, source: str) -> Html:
    """The text with the picture below it, when there is one."""
    if item.picture is None:
        return item.text
    return joined(item.text, f'<p><img src="{escape(source)}" alt="{escape(item.picture.alt)}" /></p>')


def taken(html: Html, files: Mapping[str, str]) -> tuple[Html, Picture | None]:
    """The text without the picture below it, and that picture, if its source is one of the SVG files."""
    found = _BELOW.search(html)
    if found is None or unescape(found[1]) not in files:
        return html, None
    rest = html[: found.start()]
    alone = _AROUND.fullmatch(rest)
    return (alone[1] if alone else rest), Picture(files[unescape(found[1])], unescape(found[2]))
