"""The view box of an SVG, in whose units regions are.

Covers its origin and size. Does not cover width and height of the image.
"""

from __future__ import annotations

import re

_BOX = re.compile(r"viewBox\s*=\s*[\"']([^\"']*)[\"']")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def origin(svg: str) -> tuple[float, float]:
    """The upper left corner. `origin('<svg viewBox="0 0 200 60">') -> (0.0, 0.0)`"""
    left, top, _, _ = _box(svg)
    return left, top


def size(svg: str) -> tuple[float, float]:
    """Width and height. `size('<svg viewBox="0 0 200 60">') -> (200.0, 60.0)`"""
    _, _, width, height = _box(svg)
    return width, height


def _box(svg: str) -> tuple[float, float, float, float]:
    found = _BOX.search(svg)
    numbers = [float(each) for each in _NUMBER.findall(found[1])] if found else []
    if len(numbers) != 4:
        return 0.0, 0.0, 100.0, 100.0
    return numbers[0], numbers[1], numbers[2], numbers[3]
