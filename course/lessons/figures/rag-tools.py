"""Finding a sentence of the fables from a few of its words: by three scores, and in pieces of several lengths."""

import re
from functools import cache
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

FABLES = Path(__file__).parents[2] / "data" / "fables.en.txt"
ASKED, QUESTIONS, BUDGET = 3, 400, 200  # words in a question, questions, words of text that fit the prompt
PIECE, SIZES, DEPTHS = 40, (10, 20, 40, 100, 200), (1, 2, 3, 5, 10)


def counted(pieces, place):
    """How often each known word stands in each piece: [N, V]."""
    counts = np.zeros((len(pieces), len(place)))
    for row, piece in enumerate(pieces):
        for word in piece:
            counts[row, place[word]] += 1
    return counts


def normed(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True).clip(1e-9)


@cache
def measured():
    """Shares of questions whose place is found: by score at each depth, and by length of the pieces in one budget."""
    words = re.findall(r"[a-z']+", FABLES.read_text(encoding="utf-8").lower())
    place = {word: index for index, word in enumerate(sorted(set(words)))}
    rng = np.random.default_rng(0)
    # A question: words in any order from a stretch of ten, whose middle must be in what is found.
    starts = rng.integers(len(words) - 10, size=QUESTIONS)
    asked = counted([rng.choice(words[start : start + 10], ASKED, replace=False) for start in starts], place)
    middles = starts + 5

    def found(size, score, depth):
        pieces = [words[start : start + size] for start in range(0, len(words), size)]
        counts = counted(pieces, place)
        rare = np.log(len(pieces) / (counts > 0).sum(0))
        scores = {
            "counts": asked @ counts.T,
            "cosine": normed(asked) @ normed(counts).T,
            "rare": normed(asked * rare) @ normed(counts * rare).T,
        }[score]
        best = np.argsort(-scores, axis=1, kind="stable")[:, :depth]
        return float((best == (middles // size)[:, None]).any(1).mean())

    by_score = {score: [found(PIECE, score, depth) for depth in DEPTHS] for score in ("counts", "cosine", "rare")}
    return by_score, [found(size, "rare", BUDGET // size) for size in SIZES]


def draw(reference, say):
    by_score, by_size = measured()
    figure = Figure(figsize=(9.2, 3.6))
    depth, size = figure.subplots(1, 2)
    looks = (
        ("rare", "#2f7d4f", "o", say("cosine, rare words weigh more", "cosinus, mots rares plus lourds")),
        ("cosine", "#1b5a8c", "s", say("cosine of the counts", "cosinus des comptes")),
        ("counts", "#b4531a", "D", say("words in common", "mots en commun")),
    )
    for score, colour, marker, label in looks:
        depth.plot(range(len(DEPTHS)), by_score[score], color=colour, marker=marker, label=label)
    depth.set_xticks(range(len(DEPTHS)), [str(each) for each in DEPTHS])
    depth.set_xlabel(say("passages fetched", "passages rapportés"))
    depth.legend(frameon=False, fontsize=9, loc="lower right")
    size.plot(range(len(SIZES)), by_size, color="#2f7d4f", marker="o")
    size.set_xticks(range(len(SIZES)), [f"{BUDGET // each} × {each}" for each in SIZES])
    size.set_xlabel(say("passages × words in each", "passages × mots dans chacun"))
    titles = (
        say(f"place found, passages of {PIECE} words", f"endroit trouvé, passages de {PIECE} mots"),
        say(f"place found, {BUDGET} words fetched", f"endroit trouvé, {BUDGET} mots rapportés"),
    )
    for axes, title in zip((depth, size), titles, strict=True):
        axes.set_yticks([0, 0.5, 1], [say(f"{n}%", f"{n} %") for n in (0, 50, 100)])
        axes.set(ylim=(0, 1.05))
        axes.set_title(title, fontsize=11)
    figure.tight_layout()
    return figure
