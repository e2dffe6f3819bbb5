import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.adapters.nbgrader.graded_notebook import LONGEST_TEXT, grade_id, group_id, safe_markdown

RUNS = re.compile(
    r"<(?!/?(?:p|em|strong|code|pre|blockquote|[ou]l|li|h[1-6]|hr|br|table|t[hdr]|thead|tbody|a|s|div)\b)"
)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "![a](https://example.org/who.png)",
        "<a href='data:text/html,x'>a</a>",
        "<svg/onload=alert(1)>",
    ],
)
def test_text_cell_runs_and_loads_nothing_in_the_instructors_browser(text):
    html = safe_markdown(text)
    assert not RUNS.search(html)
    assert not re.search(r'href="(?!https?:)', html)


def test_text_cell_keeps_its_headings_lists_and_links():
    html = safe_markdown("# Title\n\n- one\n\n[here](https://example.org)")
    assert "<h1>Title</h1>" in html and "<li>one</li>" in html and 'href="https://example.org"' in html


@given(st.text())
def test_any_text_is_one_line_of_harmless_html(text):
    html = safe_markdown(text)
    assert "\n" not in html
    assert not RUNS.search(html)


def test_endless_text_is_cut():
    assert len(safe_markdown("a" * (LONGEST_TEXT + 1000))) < LONGEST_TEXT + 200


def test_group_and_its_cell_name_each_other():
    assert group_id(grade_id("softmax")) == "softmax"
