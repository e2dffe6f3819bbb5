from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from autograder.adapters.pages import plots
from autograder.pure.statistics import Tally

HOSTILE = "<script>$\\frac{$ & 注意力"


def _draw(kind, language="en"):
    if kind == "distribution":
        return plots.distribution([3, 12.5, 14, 14, 20, 20], 20, "p", language)
    if kind == "pass_rates":
        return plots.pass_rates([(HOSTILE, Tally(18, 24)), ("Few", Tally(1, 3)), ("None", Tally(0, 0))], "p", language)
    return plots.overview([(HOSTILE, [0.1, 0.5, 0.6, 0.7, 1.0]), ("Few", [0.2, 0.3]), ("None", [])], "p", language)


@pytest.fixture(params=["distribution", "pass_rates", "overview"])
def kind(request):
    return request.param


def test_drawing_twice_gives_the_same_bytes(kind):
    assert _draw(kind) == _draw(kind)


def test_a_plot_stands_inside_a_strict_page(kind):
    svg = _draw(kind)
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert root.get("aria-label")
    assert "style=" not in svg
    assert "<style" not in svg
    assert "http" not in svg
    assert "<script" not in svg
    assert all(id.startswith("p-") for id in re.findall(r'\bid="([^"]*)"', svg))
    linked = {*re.findall(r'href="#([^"]*)"', svg), *re.findall(r"url\(#([^)]*)\)", svg)}
    assert linked <= set(re.findall(r'\bid="([^"]*)"', svg))


def test_a_plot_uses_only_colours_the_style_sheet_follows(kind):
    used = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]{6})"', _draw(kind)))
    assert used <= {plots.INK, plots.SOFT, plots.LINE, plots.ACCENT, plots.PASSED, plots.CARD}


def test_distribution_names_counts_and_median():
    svg = _draw("distribution", "fr")
    assert ">médiane 14<" in svg
    bars, ticks = ["1", "1", "2", "2"], ["0", "5", "10", "15", "20"]
    assert sorted(re.findall(r">(\d+)</text>", svg)) == sorted(bars + ticks)


def test_few_scores_have_no_median():
    assert "median" not in plots.distribution([1, 2, 3, 4], 20, "p", "en")
    assert ">1/3 · too few to judge<" in _draw("pass_rates")
    assert "33" not in _draw("pass_rates").split(">1/3")[1].split("<")[0]


def test_pass_rates_say_count_and_share():
    assert ">18/24 · 75%<" in _draw("pass_rates")
    assert ">18/24 · 75\u00a0%<" in _draw("pass_rates", "fr")


def test_an_assignment_without_scores_can_be_drawn():
    assert "<svg" in plots.distribution([], 20, "p", "en")
    assert "<svg" in plots.distribution([0], 0, "p", "en")
