from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from autograder.adapters.pages import prose

ALLOWED = {"code", "i", "b", "sub", "sup", "span", "br"}


class _Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.seen, self.text = [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("use `exp` < 1", "use <code>exp</code> &lt; 1"),
        ("`a < b && $x$`", "<code>a &lt; b &amp;&amp; $x$</code>"),
        ("__init__ and *args", "__init__ and *args"),
        ("[text](http://x.example) <b>", "[text](http://x.example) &lt;b&gt;"),
        ("near $d_k$.", 'near <span class="math"><i>d</i><sub><i>k</i></sub></span>.'),
        (r"see $\unknown{x}$", r"see <code>\unknown{x}</code>"),
        ("it costs $5 and $6", "it costs $5 and $6"),
        ("two\nlines", "two<br>lines"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ],
)
def test_text_becomes_html(text, html):
    assert prose.to_html(text, "en") == html


def test_french_spaces_do_not_break_but_code_is_left_alone():
    assert prose.to_html("quoi ? `a ? b` ; bien", "fr") == "quoi\u202f? <code>a ? b</code>\u202f; bien"


@given(st.text(max_size=200), st.sampled_from(["en", "fr"]))
def test_any_text_is_inert(text, language):
    tags = _Tags(str(prose.to_html(text, language)))
    assert all(tag in ALLOWED for tag, _ in tags.seen)
    assert all(set(attributes) <= {"class"} for _, attributes in tags.seen)


@given(st.text("<>/script='\"`$\\_[](){}!&#@:wh.t*|~-1 \n", max_size=80))
def test_any_markup_is_inert(text):
    tags = _Tags(str(prose.to_html(text, "en")))
    assert all(tag in ALLOWED for tag, _ in tags.seen)


@given(st.text("<>/abhref='\"\\_[](){}!&#@:w.t*|~-+=1 ", max_size=80))
def test_markdown_shows_the_text_and_nothing_else(text):
    written = prose.to_markdown(text, "en")
    rendered = _Tags(MarkdownIt("commonmark", {"html": True}).render(written))
    assert {tag for tag, _ in rendered.seen} <= {"p"}
    assert rendered.text.split() == text.split()


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("use `exp`", "use `exp`"),
        ("``a ` b``", "``a ` b``"),
        ("near $d_k$", "near $d_k$"),
        ("if $a<b$", r"if $a\lt b$"),
        (r"$\unknown{<script>}$", r"`\unknown{<script>}`"),
        ("# title", r"\# title"),
        ("1. one", r"1\. one"),
        ("- one", r"\- one"),
    ],
)
def test_text_becomes_markdown(text, markdown):
    assert prose.to_markdown(text, "en") == markdown


def test_plain_text_for_labels():
    assert prose.to_plain("the `root` of\n$\\sqrt{d_k}$", "en") == "the root of √(d_k)"
