"""Draws scores and pass rates as SVG that stands inside a page.

Covers three plots, in the page's language and colours. Does not cover the numbers, which come counted,
nor the table that stands beside every plot.
"""

from __future__ import annotations

import io
import math
import re
import warnings
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

import matplotlib
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from autograder.adapters.pages.wording import NBSP, number, percent
from autograder.pure.statistics import Summary, Tally, histogram, summarise
from autograder.types import Language, Text

WIDTH_PT = 374.0
INK, SOFT, LINE, ACCENT, PASSED, CARD = "#1e2430", "#566072", "#e2dfd8", "#1b5a8c", "#14633a", "#ffffff"
"""The style sheet replaces these by the page's own, so that plots follow the dark scheme."""

TOO_FEW = Text("too few to judge", "trop peu pour juger")

_LOOK: dict[Any, Any] = {
    "svg.hashsalt": "autograder",
    "svg.fonttype": "none",
    "text.parse_math": False,
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "text.color": INK,
    "axes.edgecolor": LINE,
    "xtick.color": SOFT,
    "xtick.labelcolor": SOFT,
    "path.simplify": False,
}
_ROW_PT = 42.0
_LABEL_LONGEST = 44


def distribution(scores: Sequence[float], top: float, name: str, language: Language) -> Markup:
    """Histogram of scores over ten equal steps of [0, top], with the median where five or more are known."""
    top = top or 1.0
    counts = histogram(scores, top)
    summary = summarise(scores)
    with matplotlib.rc_context(_LOOK):
        figure, axes = _canvas(168.0, bottom_pt=40.0)
        step = top / len(counts)
        bars = axes.bar([step * (i + 0.5) for i in range(len(counts))], counts, width=step * 0.9, color=ACCENT)
        tallest = max(counts, default=0) or 1
        clear = {"facecolor": CARD, "edgecolor": "none", "pad": 1.0}
        axes.set_xlim(0, top)
        axes.set_ylim(0, tallest * 1.42)
        for bar, times in zip(bars, counts, strict=True):
            if times:
                middle = bar.get_x() + bar.get_width() / 2
                axes.text(middle, times + tallest * 0.05, str(times), ha="center", color=SOFT, bbox=clear)
        ticks = [top * part / 4 for part in range(5)]
        axes.set_xticks(ticks, [number(tick, language) for tick in ticks])
        axes.set_xlabel(Text("points", "points").say(language), color=SOFT)
        if summary is not None and summary.enough:
            dashes: dict[str, Any] = {"color": INK, "linestyle": (0, (4, 3)), "linewidth": 1.2, "zorder": 0}
            axes.plot([summary.median] * 2, [0, tallest * 1.22], **dashes)
            right = summary.median > top / 2
            axes.text(summary.median, tallest * 1.27, _median(summary, language), ha="right" if right else "left")
        return _inline(figure, name, Text("Distribution of scores", "Répartition des notes").say(language))


def pass_rates(groups: Sequence[tuple[str, Tally]], name: str, language: Language) -> Markup:
    """One bar per group: the share of students who earned it, with the count; an outline under five students."""
    with matplotlib.rc_context(_LOOK):
        figure, axes = _rows(len(groups))
        for place, (title, tally) in enumerate(groups):
            said = f"{tally.hits}/{tally.n}" + (f" · {percent(tally.share, language)}" if tally.n else "")
            _label(axes, place, title, said if tally.enough else f"{tally.hits}/{tally.n} · {TOO_FEW.say(language)}")
            axes.barh(place + 0.24, 100, height=0.28, color=LINE)
            if tally.enough:
                axes.barh(place + 0.24, 100 * tally.share, height=0.28, color=PASSED)
            elif tally.n:
                outline: dict[str, Any] = {"facecolor": "none", "edgecolor": PASSED, "linewidth": 1.2}
                axes.barh(place + 0.24, 100 * tally.share, height=0.28, **outline)
        label = Text("Students who earned each group", "Étudiants ayant acquis chaque groupe")
        return _inline(figure, name, label.say(language))


def overview(assignments: Sequence[tuple[str, Sequence[float]]], name: str, language: Language) -> Markup:
    """One row per assignment, scores as percentages: line from lowest to highest, box of the middle half, median.

    Under five scores each is a dot.
    """
    with matplotlib.rc_context(_LOOK):
        figure, axes = _rows(len(assignments), bottom_pt=26.0)
        for place, (label, shares) in enumerate(assignments):
            values = [100 * share for share in shares]
            summary, y = summarise(values), place + 0.24
            said = f"n{NBSP}={NBSP}{len(values)}"
            axes.plot([0, 100], [y, y], color=LINE, linewidth=1)
            if summary is None or not summary.enough:
                _label(axes, place, label, f"{said} · {TOO_FEW.say(language)}")
                axes.plot(values, [y] * len(values), "o", color=ACCENT, markersize=5, linestyle="none")
                continue
            _label(axes, place, label, f"{said} · {_median_percent(summary, language)}")
            axes.plot([summary.lowest, summary.highest], [y, y], color=SOFT, linewidth=1.4)
            axes.barh(y, summary.q3 - summary.q1, left=summary.q1, height=0.3, color=ACCENT, alpha=0.5)
            axes.plot([summary.median] * 2, [y - 0.2, y + 0.2], color=INK, linewidth=2.4)
        axes.tick_params(bottom=False, labelbottom=True)
        axes.set_xticks([0, 25, 50, 75, 100], [percent(share, language) for share in (0, 0.25, 0.5, 0.75, 1)])
        axes.get_xticklabels()[0].set_horizontalalignment("left")
        axes.get_xticklabels()[-1].set_horizontalalignment("right")
        return _inline(figure, name, Text("Scores of each assignment", "Notes de chaque devoir").say(language))


def mutants_caught(groups: Sequence[tuple[str, int]], total: int, name: str, language: Language) -> Markup:
    """One bar per group: how many of the mutants it rejects."""
    with matplotlib.rc_context(_LOOK):
        figure, axes = _rows(len(groups))
        for place, (title, count) in enumerate(groups):
            _label(axes, place, title, f"{count}/{total}")
            axes.barh(place + 0.24, 100, height=0.28, color=LINE)
            axes.barh(place + 0.24, 100 * count / total if total else 0, height=0.28, color=ACCENT)
        label = Text("Mutants each group rejects", "Mutants rejetés par chaque groupe")
        return _inline(figure, name, label.say(language))


def margins(tolerances: Sequence[tuple[str, float, float | None]], name: str, language: Language) -> Markup:
    """One row per tolerance, in shares of it on a logarithmic axis: right work, the tolerance, the nearest mutant."""
    with matplotlib.rc_context(_LOOK):
        figure, axes = _rows(len(tolerances))
        for place, (title, honest, mutant) in enumerate(tolerances):
            y = place + 0.24
            _label(axes, place, title, "")
            axes.plot([0, 100], [y, y], color=LINE, linewidth=1)
            axes.plot([50, 50], [y - 0.18, y + 0.18], color=INK, linewidth=2.4)
            axes.plot([_decades(honest)], [y], "o", color=PASSED, markersize=6)
            if mutant is not None:
                axes.plot([_decades(mutant)], [y], "D", color=ACCENT, markersize=6)
        label = Text("Margins of the tolerances", "Marges des tolérances")
        return _inline(figure, name, label.say(language))


def _decades(share: float) -> float:
    """A place from 0 to 100 for a share of a tolerance, 10 per decade; 1 is in the middle. `_decades(10) -> 60`"""
    return min(99.0, max(1.0, 50 + 10 * math.log10(share))) if share > 0 else 1.0


def _canvas(height_pt: float, bottom_pt: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(WIDTH_PT / 72, height_pt / 72), facecolor="none")
    side = 14 / WIDTH_PT
    inside = (side, bottom_pt / height_pt, 1 - 2 * side, 1 - (bottom_pt + 4) / height_pt)
    axes = figure.add_axes(inside, facecolor="none")
    axes.spines[["top", "left", "right"]].set_visible(False)
    axes.tick_params(left=False, labelleft=False, length=0)
    return figure, axes


def _rows(count: int, bottom_pt: float = 4.0) -> tuple[Figure, Axes]:
    figure, axes = _canvas(count * _ROW_PT + bottom_pt + 4, bottom_pt)
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(bottom=False, labelbottom=False)
    axes.set_xlim(0, 100)
    axes.set_ylim(max(count, 1) - 0.5, -0.5)
    return figure, axes


def _label(axes: Axes, place: int, label: str, said: str) -> None:
    room = _LABEL_LONGEST - max(0, len(said) - 12)
    axes.text(0, place - 0.08, label if len(label) <= room else label[: room - 1].rstrip() + "…")
    axes.text(100, place - 0.08, said, ha="right", color=SOFT)


def _median(summary: Summary, language: Language) -> str:
    return f"{Text('median', 'médiane').say(language)} {number(summary.median, language)}"


def _median_percent(summary: Summary, language: Language) -> str:
    return f"{Text('median', 'médiane').say(language)} {percent(summary.median / 100, language)}"


def _inline(figure: Figure, name: str, label: str) -> Markup:
    """The figure as an `<svg>` for HTML: no inline style (the page forbids it), no date, the plot's own ids."""
    drawn = io.StringIO()
    with warnings.catch_warnings():
        # The reader's browser has the letters that matplotlib's own font lacks.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure.savefig(drawn, format="svg", metadata={"Date": None})
    root = ElementTree.fromstring(drawn.getvalue())  # noqa: S314 - drawn here, from text that matplotlib escaped
    for parent in list(root.iter()):
        for child in list(parent):
            if _local(child.tag) in ("metadata", "style"):
                parent.remove(child)
    for element in root.iter():
        _plain_attributes(element, name)
        element.tag = _local(element.tag)
        element.tail = None
        if element.text and not element.text.strip():
            element.text = None
    view = root.get("viewBox", "")
    root.attrib.clear()
    root.attrib.update({"class": "plot", "viewBox": view, "role": "img", "aria-label": label})
    return Markup(ElementTree.tostring(root, encoding="unicode", short_empty_elements=True))  # noqa: S704 - as above


def _plain_attributes(element: ElementTree.Element, name: str) -> None:
    attributes: dict[str, str] = {}
    for key, value in element.attrib.items():
        local = _local(key)
        if local == "style":
            declared = (part.split(":", 1) for part in value.split(";") if ":" in part)
            attributes.update({key.strip(): value.strip() for key, value in declared})
        elif local == "d":
            attributes["d"] = re.sub(r"-?\d+\.\d+", lambda match: f"{float(match[0]):.2f}", " ".join(value.split()))
        elif local == "href":
            attributes["href"] = f"#{name}-{value.removeprefix('#')}"
        elif local == "id":
            attributes["id"] = f"{name}-{value}"
        elif local != "transform" or not value.startswith("rotate(-0"):
            attributes[local] = re.sub(r"url\(#", f"url(#{name}-", value)
    attributes.pop("font-family", None)
    attributes.pop("font", None)
    element.attrib.clear()
    element.attrib.update(attributes)


def _local(name: str) -> str:
    return name.rsplit("}", 1)[-1]
