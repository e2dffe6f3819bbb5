from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from autograder.adapters.pages import heatmap
from autograder.types import Picture


def test_every_cell_is_drawn_once_with_its_level():
    maps = heatmap.draw(Picture(((0, 9, 3), (3, 3, 0)), ((0, 9, 0), (0, 1, 0))), "en")
    assert maps.yours.count("h1v1h-1z") == 6
    assert re.search(r'd="M1 0h1v1h-1z" fill-opacity="1.00"', maps.yours)
    assert 'viewBox="0 0 3 2"' in maps.yours
    assert 'aria-label="Heat map of your values"' in maps.yours


def test_words_and_ring_say_where_it_differs_most():
    maps = heatmap.draw(Picture(((0, 9, 3), (3, 3, 0)), ((0, 0, 0), (0, 1, 9))), "fr")
    assert "2 cases sur 6" in maps.words
    assert "surtout en [1,\u00a02]" in maps.words
    assert 'x="2.1" y="1.1"' in maps.difference


def test_no_difference_has_no_ring():
    maps = heatmap.draw(Picture(((1, 2),), ((0, 0),)), "en")
    assert "ring" not in maps.difference
    assert "no cell stands out" in maps.words


@given(st.lists(st.lists(st.integers(-5, 99), max_size=40).map(tuple), max_size=40).map(tuple))
def test_any_levels_can_be_drawn(levels):
    maps = heatmap.draw(Picture(levels, levels), "en")
    assert all(0 <= float(value) <= 1 for value in re.findall(r'fill-opacity="([^"]*)"', maps.yours))
    assert maps.yours.count("h1v1h-1z") <= 32 * 32
