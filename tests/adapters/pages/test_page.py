from __future__ import annotations

import base64
import hashlib
import re
from importlib import resources

import pytest

from autograder.adapters.pages import page, plots

TEMPLATES = resources.files("autograder.adapters.pages") / "templates"
STYLE = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in ("palette.css", "page.css"))


def _variables(css):
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", css))


def _luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one, other):
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


LIGHT = _variables(STYLE.split("@media (prefers-color-scheme: dark)")[0])
DARK = _variables(STYLE.split("@media (prefers-color-scheme: dark)")[1].split("}\n}")[0])
GROUNDS = ("paper", "card", "code", "accent-wash", "failed-wash")


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_contrast_is_wcag_aa(scheme):
    """4.5:1 for text, WCAG 2.2, success criterion 1.4.3."""
    pairs = [(ink, ground) for ink in ("ink", "soft", "accent") for ground in GROUNDS[:4]] + [("ink", "failed-wash")]
    pairs += [(outcome, f"{outcome}-wash") for outcome in ("passed", "failed", "crashed", "limit", "broken")]
    assert {pair: _contrast(scheme[pair[0]], scheme[pair[1]]) for pair in pairs if
            _contrast(scheme[pair[0]], scheme[pair[1]]) < 4.5} == {}  # fmt: skip


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_of_plots_stand_out(scheme):
    """3:1 for what carries meaning in a drawing, WCAG 2.2, success criterion 1.4.11."""
    assert all(
        _contrast(scheme[mark], scheme["card"]) >= 3 for mark in ("accent", "passed", "difference", "ink", "soft")
    )


def test_both_schemes_name_the_same_colours():
    assert LIGHT.keys() == DARK.keys()


def test_plots_are_drawn_in_colours_the_style_sheet_replaces():
    for colour in (plots.INK, plots.SOFT, plots.LINE, plots.ACCENT, plots.PASSED, plots.CARD):
        assert f'[fill="{colour}"]' in STYLE
        assert colour in LIGHT.values()


def test_policy_allows_this_style_and_this_script_only():
    digest = base64.b64encode(hashlib.sha256(b"a{}").digest()).decode()
    policy = page.security_policy("a{}")
    assert policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{digest}'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in page.security_policy("a{}", "b()")
    assert "script-src 'sha256-" in page.security_policy("a{}", "b()")


def test_templates_hold_no_words_outside_both_languages():
    """A word in a template that does not go through `t(en, fr)` would be the same in both languages."""
    for template in TEMPLATES.iterdir():
        if not template.name.endswith(".j2"):
            continue
        bare = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", " ", template.read_text(encoding="utf-8"), flags=re.DOTALL)
        words = re.sub(r"<[^>]*>|&[a-z]+;", " ", bare).split()
        assert {word for word in words if re.search(r"\w", word)} <= {"n", "(n", "="}, template.name


def test_every_pair_of_words_is_complete_and_differs():
    same = {"Points", "Question", "Discrimination", "Quartiles", "Validation", "Verdict", "Mutant", "quartiles", ", "}
    for template in TEMPLATES.iterdir():
        pairs = re.findall(
            r"""\bt\((["'])(.*?)\1,\s*(["'])(.*?)\3\)""", template.read_text(encoding="utf-8"), re.DOTALL
        )
        for _, en, _, fr in pairs:
            assert en.strip()
            assert fr.strip()
            assert en != fr or en in same, (template.name, en)
