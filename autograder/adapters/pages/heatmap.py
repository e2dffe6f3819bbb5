"""Draws a student's matrix and where it differs as two small SVG heat maps.

Covers the drawing and the words that stand for it. Does not cover choosing the matrix: levels come ready.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from autograder.adapters.pages.wording import NARROW, NBSP
from autograder.types import Language, Picture, Text

LARGEST = 32
Levels = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Maps:
    """Both drawings, and the sentence that says the same to someone who does not see them."""

    yours: Markup
    difference: Markup
    words: str


def draw(picture: Picture, language: Language) -> Maps:
    """The two maps of a picture; a ring marks the cell that differs most."""
    worst = _largest(picture.difference)
    labels = (
        Text("Heat map of your values", "Carte de vos valeurs"),
        Text("Heat map of the difference", "Carte de l'écart"),
    )
    return Maps(
        _svg(picture.yours, worst, "yours", labels[0].say(language)),
        _svg(picture.difference, worst, "difference", labels[1].say(language)),
        _words(picture.difference, worst, language),
    )


def _svg(levels: Levels, ring: tuple[int, int] | None, kind: Literal["yours", "difference"], label: str) -> Markup:
    rows = [row[:LARGEST] for row in levels[:LARGEST]]
    width, height = max((len(row) for row in rows), default=0) or 1, len(rows) or 1
    cells: dict[int, list[str]] = {}
    for y, row in enumerate(rows):
        for x, level in enumerate(row):
            cells.setdefault(min(max(int(level), 0), 9), []).append(f"M{x} {y}h1v1h-1z")
    paths = [
        Markup('<path d="{}" fill-opacity="{}"/>').format("".join(cells[level]), f"{0.05 + 0.95 * level / 9:.2f}")
        for level in sorted(cells)
    ]
    if ring is not None and ring[0] < height and ring[1] < width:
        paths.append(
            Markup('<rect class="ring" x="{}" y="{}" width="0.8" height="0.8" fill="none"/>').format(
                f"{ring[1] + 0.1:.1f}", f"{ring[0] + 0.1:.1f}"
            )
        )
    return Markup('<svg class="map {} w{}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        kind, min(4, 1 + width // 5), width, height, label, Markup("").join(paths)
    )


def _largest(levels: Levels) -> tuple[int, int] | None:
    cells = [(level, -y, -x) for y, row in enumerate(levels) for x, level in enumerate(row)]
    level, y, x = max(cells, default=(0, 0, 0))
    return (-y, -x) if level > 0 else None


def _words(levels: Levels, worst: tuple[int, int] | None, language: Language) -> str:
    height, width = len(levels), max((len(row) for row in levels), default=0)
    size = f"{height}{NARROW}×{NARROW}{width}"
    if worst is None:
        return Text(
            f"Matrix of {size} values; no cell stands out.",
            f"Matrice de {size} valeurs ; aucune case ne se détache.",
        ).say(language)
    marked = sum(level > 0 for row in levels for level in row)
    at = f"[{worst[0]},{NBSP}{worst[1]}]"
    return Text(
        f"Matrix of {size} values; {marked} of {height * width} cells clearly differ, most of all at {at} "
        "(row, column, counted from 0).",
        f"Matrice de {size} valeurs ; {marked} cases sur {height * width} diffèrent nettement, surtout en {at} "
        "(ligne, colonne, comptées à partir de 0).",
    ).say(language)
