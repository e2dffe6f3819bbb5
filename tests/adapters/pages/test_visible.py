from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.adapters.pages.visible import one_line, visible


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("plain é ü 中 👩‍🔬", "plain é ü 中 👩‍🔬"),
        ("a\x07b\x1b[31m\x7f", "a⟨U+0007⟩b⟨U+001B⟩[31m⟨U+007F⟩"),
        ("\u202ecod.exe\u2066", "⟨U+202E⟩cod.exe⟨U+2066⟩"),
        ("zero\u200bwidth\ufeff", "zero⟨U+200B⟩width⟨U+FEFF⟩"),
        ("lone\ud800", "lone⟨U+D800⟩"),
        ("line\r\nline\rline\u2028", "line\nline\nline⟨U+2028⟩"),
        ("e" + "\u0301" * 50, "e" + "\u0301" * 4),
    ],
)
def test_hidden_characters_are_shown(written, shown):
    assert visible(written) == shown


def test_long_text_is_shortened():
    assert visible("a" * 5000, 10) == "a" * 10 + "…"
    assert visible("a" * 10, 10) == "a" * 10


def test_a_name_stays_on_one_line():
    assert one_line(" a\n\tb\r\nc ") == "a b c"


@given(st.text(st.characters()))
def test_nothing_hidden_is_left(text):
    shown = visible(text)
    hidden = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert all(unicodedata.category(c) not in hidden or c in "\n\t\u200c\u200d" for c in shown)
    shown.encode("utf-8")
    assert visible(shown, longest=10**9) == shown
