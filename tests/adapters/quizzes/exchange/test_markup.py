"""Markdown to other programs' HTML and back: what comes back renders the same."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from autograder.adapters.quizzes.exchange.markup import code, plain, to_html, to_markdown
from autograder.adapters.quizzes.load import load_quiz, quiz_files
from autograder.types import Text

ROOT = Path(__file__).parents[4]


def texts(part):
    if isinstance(part, Text):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from texts(each)
    elif hasattr(part, "__dataclass_fields__"):
        for each in vars(part).values():
            yield from texts(each)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("use *one* $d_k$ < 3", "use <em>one</em> \\(d_k\\) &lt; 3"),
        ("$a < b$ and `c|d`", "\\(a &lt; b\\) and <code>c|d</code>"),
        ("it costs $5 or $6", "it costs $5 or $6"),
        ("a\nb  \nb\n\nc", "<p>a b<br />b</p><p>c</p>"),
        ("```python\na = 1\n\nb\n```", "<pre><code>a = 1\n\nb</code></pre>"),
        ("1. x\n2. y", "<ol><li>x</li><li>y</li></ol>"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("[a](https://example.org/?b=1&c=2)", '<a href="https://example.org/?b=1&amp;c=2">a</a>'),
        ("quoi ?", "quoi\u202f?"),
    ],
)
def test_markdown_becomes_html_that_comes_back(markdown, html):
    assert to_html(markdown, "fr") == html
    assert to_html(to_markdown(html)[0], "fr") == html


@pytest.mark.parametrize("file", quiz_files(ROOT / "quizzes"), ids=lambda file: file.stem)
def test_every_text_of_a_quiz_comes_back_and_is_xml(file):
    for text in texts(load_quiz(file).questions):
        for language in ("en", "fr"):
            html = to_html(text.say(language), language)
            ElementTree.fromstring(f"<div>{html}</div>")
            again, dropped = to_markdown(html)
            assert (to_html(again, language), dropped) == (html, ())


@given(st.text("ab1 *_`$<>&#[]()!|~.-+=\\\n", max_size=30))
@example("*a* _b_ **c** `d`")
@example("- a\n- b")
@example("_1_*1*")
@example("__a__**b**_c_*d*")
def test_any_text_that_is_exported_reads_back_as_plainly(markdown):
    html = to_html(markdown, "en")
    ElementTree.fromstring(f"<div>{html}</div>")
    if not {"\\(", "\\)"} & {markdown[n : n + 2] for n in range(len(markdown))}:
        again, _ = to_markdown(html)
        assert plain(to_html(again, "en")).split() == plain(html).split()


def test_what_markdown_has_no_room_for_is_told():
    html = '<h1>t</h1><span style="color:red">a</span><img src="x"/><u>b</u>'
    assert to_markdown(html) == (
        "**t**\n\nab",
        ("img", "u"),
    )


def test_text_that_looks_like_markdown_stays_text():
    for html in ("- a", "1. a", "# a", "*a*", "a_b_c", "| a |", "$a$", "`a`", "+ a<br />- b", "&lt;b&gt;", "[a](b)"):
        assert to_html(to_markdown(html)[0], "en") == html


def test_code_keeps_its_lines():
    assert code("a < b\n\nc\n") == "<pre><code>a &lt; b\n\nc</code></pre>"
