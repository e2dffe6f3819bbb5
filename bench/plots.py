"""Plots of what was measured, as SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt


def plot_shares(seconds: Mapping[str, float], out: Path) -> None:
    """Seconds per submission, a bar for each way of grading, on a logarithmic scale."""
    figure, axes = plt.subplots(figsize=(7.5, 0.55 * len(seconds) + 1.2))
    names = list(seconds)[::-1]
    bars = axes.barh(names, [seconds[name] for name in names], color="#4c72b0")
    axes.bar_label(bars, fmt="%.3f s", padding=3)
    axes.set_xscale("log")
    axes.set_xlim(right=max(seconds.values()) * 3)
    axes.set_xlabel("seconds per submission")
    _save(figure, axes, out)


def plot_lines(x: Sequence[float], lines: Mapping[str, Sequence[float]], x_name: str, y_name: str, out: Path) -> None:
    """Curves that start at zero, so that growth can be seen for what it is."""
    figure, axes = plt.subplots(figsize=(7.5, 3.6))
    for name, values in lines.items():
        axes.plot(x, values, label=name)
    axes.set_xlabel(x_name)
    axes.set_ylabel(y_name)
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False)
    _save(figure, axes, out)


def _save(figure: plt.Figure, axes: plt.Axes, out: Path) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(out)
    plt.close(figure)
