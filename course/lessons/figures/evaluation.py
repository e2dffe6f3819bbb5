"""A leaderboard of twelve equal models, and how far two equal models differ by chance, on the same questions or not."""

from functools import cache

import numpy as np
from matplotlib.figure import Figure

MODELS, QUESTIONS, DRAWS = 12, 200, 4000
SIZES = (50, 100, 200, 500, 1000, 2000)


def chances(rng, *size):
    """How likely a model is to be right on each question: most are easy or hard for all. Mean 0.75."""
    return rng.beta(0.6, 0.2, size)


@cache
def measured():
    """Shares of right answers of the equal models; 95 % of gaps lie within this, by size and by kind of questions."""
    rng = np.random.default_rng(3)
    scores = np.sort((rng.random((MODELS, QUESTIONS)) < chances(rng, QUESTIONS)).mean(1))
    gaps = {"other": [], "same": []}
    for size in SIZES:
        for kind, found in gaps.items():
            first = chances(rng, DRAWS, size)
            second = first if kind == "same" else chances(rng, DRAWS, size)
            right = [(rng.random((DRAWS, size)) < each).mean(1) for each in (first, second)]
            found.append(np.quantile(np.abs(right[0] - right[1]), 0.95))
    return scores, gaps


def draw(reference, say):
    scores, gaps = measured()
    figure = Figure(figsize=(9.2, 3.7))
    board, noise = figure.subplots(1, 2)
    places = np.arange(MODELS)
    half = 1.96 * np.sqrt(scores * (1 - scores) / QUESTIONS)
    board.errorbar(100 * scores, places, xerr=100 * half, fmt="o", color="#1b5a8c", ecolor="#9fc3e0", capsize=3)
    board.axvline(75, color="#566072", linestyle="--", lw=1)
    board.set_yticks(places, [chr(ord("L") - place) for place in places], fontsize=9)
    board.set(xlabel=say(f"% right of {QUESTIONS} questions", f"% de bonnes réponses sur {QUESTIONS} questions"))
    board.set_title(say("twelve models of the same ability", "douze modèles de même capacité"), fontsize=11)
    looks = (
        ("other", "#b4531a", "s", say("each its own questions", "chacun ses questions")),
        ("same", "#2f7d4f", "o", say("both the same questions", "les mêmes pour les deux")),
    )
    for kind, colour, marker, label in looks:
        noise.plot(SIZES, [100 * each for each in gaps[kind]], color=colour, marker=marker, label=label)
    noise.set_xscale("log")
    noise.set_xticks(SIZES, [say(f"{size:,}", f"{size:,}".replace(",", "\u202f")) for size in SIZES], fontsize=9)
    noise.minorticks_off()
    noise.set_yticks([0, 5, 10, 15])
    noise.set(ylim=(0, None), xlabel=say("questions", "questions"))
    noise.set_title(say("gap that chance alone makes, points", "écart dû au seul hasard, en points"), fontsize=11)
    noise.legend(frameon=False, fontsize=9)
    figure.tight_layout()
    return figure
