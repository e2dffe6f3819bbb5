from __future__ import annotations

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.adapters.pages import mathematics


@pytest.mark.parametrize(
    ("tex", "html"),
    [
        ("d_k", "<i>d</i><sub><i>k</i></sub>"),
        (r"\sqrt{d_k}", '√<span class="root"><i>d</i><sub><i>k</i></sub></span>'),
        (r"q \cdot k", "<i>q</i>\u202f·\u202f<i>k</i>"),
        ("x^{2i}_j", "<i>x</i><sup>2<i>i</i></sup><sub><i>j</i></sub>"),
        (r"-\infty", "−∞"),
        ("a - 1", "<i>a</i>\u202f−\u202f1"),
        (r"\frac{a+b}{c}", "(<i>a</i>\u202f+\u202f<i>b</i>)\u202f/\u202f<i>c</i>"),
        (r"\frac{d_{i+1}}{2}", "<i>d</i><sub><i>i</i>+1</sub>\u202f/\u202f2"),
        (r"\hat{y}", "<i>y\u0302</i>"),
        (r"\text{scale}/2", "scale/2"),
        (r"\mathbb{R}^{n \times d}", "ℝ<sup><i>n</i>×<i>d</i></sup>"),
        (r"\exp(x)", "exp(<i>x</i>)"),
        (r"\log x", "log\u202f<i>x</i>"),
        (r"(1 + K) \ln 2", "(1\u202f+\u202f<i>K</i>)\u202fln\u202f2"),
        (r"\max_i x_i", "max<sub><i>i</i></sub><i>x</i><sub><i>i</i></sub>"),
        (r"\left( \frac{1}{T} \right)", "(1\u202f/\u202f<i>T</i>)"),
        ("a<b", "<i>a</i>\u202f&lt;\u202f<i>b</i>"),
        (r"\overline{x^2}", '<span class="over"><i>x</i><sup>2</sup></span>'),
        ("f'", "<i>f</i>′"),
        (r"\alpha, \beta", "<i>α</i>,\u202f<i>β</i>"),
    ],
)
def test_formula_becomes_html(tex, html):
    assert mathematics.to_html(tex) == html


@pytest.mark.parametrize(
    "tex",
    [
        r"\begin{matrix}a\end{matrix}",
        r"\href{x}{y}",
        "{a",
        "a}",
        "a_",
        "_a",
        "",
        "{}",
        "a & b",
        r"\sqrt",
        "{" * 50,
        "x" * 301,
    ],
)
def test_unknown_is_said_not_guessed(tex):
    with pytest.raises(mathematics.Unreadable):
        mathematics.to_html(tex)


@pytest.mark.parametrize(
    ("tex", "plain"),
    [(r"\sqrt{d_k}", "√(d_k)"), ("10000^{2i/d}", "10000^(2i/d)"), (r"e^{-x}", "e^(−x)"), ("a<b", "a\u202f<\u202fb")],
)
def test_formula_becomes_plain_text(tex, plain):
    assert mathematics.to_plain(tex) == plain


@given(st.text(r"\abdk{}_^$<>&'\"/=+-1 sqrtfcext", max_size=40))
def test_any_input_gives_clean_html_or_unreadable(tex):
    try:
        html = mathematics.to_html(tex)
    except mathematics.Unreadable:
        return
    tags = {"i", "b", "sub", "sup", "span"}
    assert nh3.clean(html, tags=tags, attributes={"span": {"class"}}).count("<") == html.count("<")
