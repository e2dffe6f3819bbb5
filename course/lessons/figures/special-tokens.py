"""A padded batch as it lies in memory, and what padding costs on real verses, by size of the batch."""

from functools import cache
from pathlib import Path

import torch
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

VERSES = Path(__file__).parents[2] / "data" / "fables.fr.txt"
SENTENCES = ["le chat dort", "le rat", "la souris voit le chat", "un rat dort"]
SIZES = (1, 2, 4, 8, 16, 32, 64)


@cache
def measured(vocabulary):
    """Share of padding in batches of each size: in any order, and with verses of similar length together."""
    verses = [line for line in VERSES.read_text(encoding="utf-8").splitlines() if line.strip()]
    vocab = vocabulary.build_vocab(verses, "word")
    rows = [vocabulary.encode(verse, vocab, "word") for verse in verses]
    order = torch.randperm(len(rows), generator=torch.Generator().manual_seed(0))
    rows = [rows[place] for place in order]
    shares = {}
    for name, ordered in (("any", rows), ("similar", sorted(rows, key=len))):
        shares[name] = []
        for size in SIZES:
            masks = [vocabulary.pad_batch(ordered[i : i + size], 0)[1] for i in range(0, len(ordered), size)]
            real, all_ = sum(int(mask.sum()) for mask in masks), sum(mask.numel() for mask in masks)
            shares[name].append(1 - real / all_)
    return shares


def draw(reference, say):
    vocabulary = reference("vocabulary")
    figure = Figure(figsize=(9.4, 3.6))
    table, cost = figure.subplots(1, 2, width_ratios=(1.25, 1))

    vocab = vocabulary.build_vocab(SENTENCES, "word")
    word_of = {number: word for word, number in vocab.items()}
    padded, mask = vocabulary.pad_batch([vocabulary.encode(each, vocab, "word") for each in SENTENCES], 0)
    for b, row in enumerate(padded.tolist()):
        for t, number in enumerate(row):
            real = bool(mask[b, t])
            table.add_patch(Rectangle((t, -b), 1, 1, facecolor="#dcebf7" if real else "#e4e6ea", edgecolor="white"))
            table.text(t + 0.5, 0.62 - b, str(number), ha="center", color="#10263a" if real else "#6b7486")
            table.text(t + 0.5, 0.2 - b, word_of[number], ha="center", fontsize=8, color="#44506a")
    table.set(xlim=(0, padded.shape[1]), ylim=(1 - len(SENTENCES), 1), xticks=[], yticks=[])
    table.set_xlabel(say("position $t$", "position $t$"))
    table.set_ylabel(say("sentence $b$", "phrase $b$"))
    table.set_title(say("four sentences, one tensor", "quatre phrases, un tenseur"), fontsize=11)
    for side in table.spines.values():
        side.set_visible(False)

    shares = measured(vocabulary)
    names = {
        "any": (say("in any order", "dans un ordre quelconque"), "#b4531a", "s"),
        "similar": (say("of similar length", "de longueurs voisines"), "#1b5a8c", "o"),
    }
    for name, (label, colour, marker) in names.items():
        cost.plot(range(len(SIZES)), shares[name], color=colour, marker=marker, label=label)
    cost.set_xticks(range(len(SIZES)), [str(size) for size in SIZES])
    cost.set_yticks([0, 0.2, 0.4, 0.6], [say(f"{n}%", f"{n} %") for n in (0, 20, 40, 60)])
    cost.set(ylim=(-0.02, 0.65), xlabel=say("verses per batch", "vers par lot"))
    cost.set_title(say("share of padding", "part de padding"), fontsize=11)
    cost.legend(frameon=False, fontsize=9, loc="upper left")
    figure.tight_layout()
    return figure
