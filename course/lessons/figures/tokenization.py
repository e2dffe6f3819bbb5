"""What each merge of BPE buys: shorter texts, for a larger vocabulary; and one word as the merges go on."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

from matplotlib.figure import Figure

TEXT = Path(__file__).parents[2] / "data/fables.fr.txt"
MERGES = (0, 50, 100, 200, 400, 800, 1600)
WORD = "corbeau"


@cache
def measured(bpe):
    """For each number of merges: symbols of the vocabulary, symbols per word of the text, and WORD in pieces."""
    words = Counter(re.findall(r"[^\W\d_]+", TEXT.read_text(encoding="utf-8").lower()))
    merges = bpe.train_bpe(dict(words), MERGES[-1])
    rows = []
    for count in MERGES:
        split = {word: bpe.apply_bpe(word, merges[:count]) for word in words}
        symbols = len({symbol for pieces in split.values() for symbol in pieces})
        length = sum(len(split[word]) * times for word, times in words.items()) / words.total()
        rows.append((count, symbols, length, split[WORD]))
    return rows, len(words)


def draw(reference, say):
    rows, distinct = measured(reference("bpe"))
    figure = Figure(figsize=(8.4, 3.6))
    axes, table = figure.subplots(1, 2, width_ratios=(1.15, 1))
    axes.plot([row[0] for row in rows], [row[2] for row in rows], marker="o", color="#1b5a8c")
    axes.axhline(1, color="#566072", linestyle="--", linewidth=1)
    axes.text(0, 0.62, say(f"whole words: {distinct} symbols", f"mots entiers : {distinct} symboles"), fontsize=9)
    for count, symbols, length, _ in rows:
        if count in (0, 200, 800, 1600):
            axes.annotate(
                say(f"{symbols} symbols", f"{symbols} symboles"),
                (count, length),
                (8, 6),
                textcoords="offset points",
                fontsize=9,
            )
    axes.set(xlabel=say("number of merges", "nombre de fusions"), ylim=(0.4, 6.2), xlim=(-60, 2050))
    axes.set_ylabel(say("symbols per word of the text", "symboles par mot du texte"))
    table.set_axis_off()
    table.set_title(say(f'"{WORD}" after n merges', f"« {WORD} » après n fusions"), fontsize=11)
    for place, (count, _, _, pieces) in enumerate(rows):
        height = 0.9 - 0.14 * place
        table.text(0.0, height, str(count), ha="right", transform=table.transAxes, color="#566072")
        left = 0.08
        for piece in pieces:
            shown = piece.replace("</w>", "·")
            width = 0.045 * len(shown) + 0.035
            table.text(
                left,
                height,
                shown,
                transform=table.transAxes,
                family="DejaVu Sans Mono",
                bbox={"facecolor": "#dce8f2", "edgecolor": "none", "pad": 2.5},
            )
            left += width + 0.02
    figure.tight_layout()
    return figure
