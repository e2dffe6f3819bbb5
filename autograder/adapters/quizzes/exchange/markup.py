"""Markdown with `$LaTeX$` to the HTML that other programs take, and back.

Covers what quizzes may hold; formulas stand in `\\(…\\)`, as other programs want them. What comes back
renders the same. Does not cover pictures and styles of other programs' HTML: what is dropped is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape, unescape
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from autograder.adapters.pages.markdown import reader
from autograder.adapters.pages.prose import code_span
from autograder.adapters.pages.wording import NARROW, NBSP, typeset
from autograder.types import Language

_PRE = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
_ONE = re.compile(r"<p>((?:(?!<p>).)*)</p>", re.DOTALL)
_SPECIAL = re.compile(r"([\\`*_\[\]<>$&#|~!])")
_FORMULA = re.compile(r"\\\((.+?)\\\)", re.DOTALL)
_TOUCHING = re.compile(r"</(em|i|strong|b)><\1>")  # two runs of stars side by side would be read as one
_WRAPPERS = {"em": "*", "i": "*", "strong": "**", "b": "**"}
_TYPESET = re.compile(f"[{NARROW}{NBSP}](?=[;:!?»%])|(?<=«)[{NARROW}{NBSP}]")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_KNOWN = _HEADINGS | frozenset({
    "p", "br", "div", "span", "em", "i", "strong", "b", "code", "pre", "ul", "ol", "li", "a", "blockquote",
    "table", "thead", "tbody", "tr", "th", "td", "html", "body",
})  # fmt: skip


@lru_cache(maxsize=8192)
def to_html(text: str, language: Language) -> str:
    """HTML that is XML too. `to_html("use *one* $d_k$", "en") -> "use <em>one</em> \\\\(d_k\\\\)"`"""
    parts = _PRE.split(_READER.render(text, {"language": language}))
    html = "".join(part if odd % 2 else part.replace("\n", "") for odd, part in enumerate(parts))
    alone = _ONE.fullmatch(html)
    return alone[1] if alone else html


def code(text: str) -> str:
    """A block of code. `code("a < b") -> "<pre><code>a &lt; b</code></pre>"`"""
    return f"<pre><code>{escape(text.rstrip(chr(10)), quote=False)}</code></pre>"


@lru_cache(maxsize=8192)
def plain(html: str) -> str:
    """The text alone, formulas as they stand. `plain("<em>a</em> &lt; b") -> "a < b"`"""
    return unescape(re.sub(r"<[^>]*>", "", re.sub(r"<br ?/?>|</p><p>", " ", html))).strip()


def text(plain_text: str) -> str:
    """Plain text as HTML. `text("a < b") -> "a &lt; b"`"""
    return escape(plain_text, quote=False)


def to_markdown(html: str) -> tuple[str, tuple[str, ...]]:
    """Markdown that renders to the same, and the tags that it has no room for.

    `to_markdown("<em>a</em> \\\\(b\\\\)<img/>") -> ("*a* $b$", ("img",))`
    """
    html = _TOUCHING.sub("", html)
    bare, dropped = _written(html, every=False)
    full, _ = _written(html, every=True)
    # A text that needs no escapes reads better without them.
    return (bare if to_html(bare, "en") == to_html(full, "en") else full), dropped


def _written(html: str, every: bool) -> tuple[str, tuple[str, ...]]:
    writer = _Writer(every)
    writer.feed(html)
    writer.close()
    return re.sub(r"\n{3,}", "\n\n", writer.result().strip()), tuple(sorted(writer.dropped))


def _math_html(_: RendererHTML, tokens: Sequence[Token], index: int, __: OptionsDict, ___: EnvType) -> str:
    return "\\(" + escape(" ".join(tokens[index].content.split("\n")), quote=False) + "\\)"


def _text_html(_: RendererHTML, tokens: Sequence[Token], index: int, __: OptionsDict, env: EnvType) -> str:
    return escape(typeset(tokens[index].content, env.get("language", "en")), quote=False)


def _code_html(_: RendererHTML, tokens: Sequence[Token], index: int, __: OptionsDict, ___: EnvType) -> str:
    return code(tokens[index].content)


def _span_html(_: RendererHTML, tokens: Sequence[Token], index: int, __: OptionsDict, ___: EnvType) -> str:
    return f"<code>{escape(tokens[index].content, quote=False)}</code>"


def _space(_: RendererHTML, __: Sequence[Token], ___: int, ____: OptionsDict, _____: EnvType) -> str:
    return " "


def _reader() -> MarkdownIt:
    made = reader()
    made.options["xhtmlOut"] = True
    rules = {
        "math_inline": _math_html,
        "text": _text_html,
        "softbreak": _space,
        "code_inline": _span_html,
        "fence": _code_html,
        "code_block": _code_html,
    }
    for token, rule in rules.items():
        made.add_render_rule(token, rule)
    return made


_READER = _reader()


class _Writer(HTMLParser):
    """Writes Markdown while it reads HTML; a stack of texts, one per open element that needs its whole text."""

    def __init__(self, every: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.every = every
        self.dropped: set[str] = set()
        self.stack: list[tuple[str, list[str]]] = [("", [])]
        self.lists: list[int] = []
        self.links: list[str] = []
        self.rows: list[list[str]] = []

    def result(self) -> str:
        while len(self.stack) > 1:
            self.handle_endtag(self.stack[-1][0])
        return "".join(self.stack[0][1])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _KNOWN:
            self.dropped.add(tag)
            return
        if tag == "br":
            self.put("\\\n")
            return
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")
        if tag in ("ul", "ol"):
            self.lists.append(1 if tag == "ol" else 0)
        if tag == "table":
            self.rows = []
        if tag == "tr":
            self.rows.append([])
        self.stack.append((tag, []))

    def handle_endtag(self, tag: str) -> None:
        if tag not in (name for name, _ in self.stack[1:]):
            return
        while True:
            name, parts = self.stack.pop()
            self.close_element(name, "".join(parts))
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        inside = {name for name, _ in self.stack}
        if inside & {"pre", "code"}:
            self.put(data)
            return
        data = _TYPESET.sub(" ", data.replace("\n", " "))
        parts = _FORMULA.split(data)
        said = "".join(f"${part.strip()}$" if odd % 2 else self.escaped(part) for odd, part in enumerate(parts))
        self.put(self.lead(said))

    def escaped(self, text: str) -> str:
        return _SPECIAL.sub(r"\\\1", text) if self.every else text

    def lead(self, text: str) -> str:
        """A text whose beginning must not be taken for a list or a heading, when it begins a line."""
        begins = not self.every or "".join(self.stack[-1][1])[-1:] not in ("", "\n")
        return text if begins else re.sub(r"^(\s*\d*)([-+=.)])(?=\s|$|[-=])", r"\1\\\2", text)

    def put(self, text: str) -> None:
        self.stack[-1][1].append(text)

    def close_element(self, tag: str, content: str) -> None:
        if tag in _WRAPPERS and content.strip():
            mark = _WRAPPERS[tag]
            self.put(f"{mark}{content}{mark}")
        elif tag == "code" and not any(name == "pre" for name, _ in self.stack):
            self.put(code_span(content))
        elif tag == "pre":
            fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", content)), default=0))
            self.put(f"\n\n{fence}\n{content.rstrip(chr(10))}\n{fence}\n\n")
        elif tag in ("p", "div"):
            self.put(f"\n\n{content.strip()}\n\n")
        elif tag == "blockquote":
            quoted = re.sub(r"\n{3,}", "\n\n", content.strip()).replace("\n", "\n> ")
            self.put(f"\n\n> {quoted}\n\n")
        elif tag in _HEADINGS:
            self.put(f"\n\n**{content.strip()}**\n\n")
        elif tag == "a":
            self.put(f"[{content}](<{self.links.pop()}>)")
        elif tag == "li":
            self.put(self.listed(content))
        elif tag in ("ul", "ol"):
            self.lists.pop()
            self.put(f"\n\n{content.strip(chr(10))}\n\n")
        elif tag in ("th", "td") and self.rows:
            self.rows[-1].append(" ".join(content.split()))
        elif tag == "table":
            self.put(f"\n\n{_table(self.rows)}\n\n")
        else:
            self.put(content)

    def listed(self, content: str) -> str:
        number = self.lists[-1] if self.lists else 0
        mark = f"{number}. " if number else "- "
        if number:
            self.lists[-1] += 1
        return mark + content.strip().replace("\n", "\n" + " " * len(mark)) + "\n"


def _table(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([*lines[:1], "|" + "---|" * len(rows[0]) if rows else "", *lines[1:]])
