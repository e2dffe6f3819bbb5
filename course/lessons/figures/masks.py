"""Three masks of a sentence with padding, and the measured influence of each input on each output."""

import torch
from matplotlib.figure import Figure

REAL, T, D = 4, 6, 8


def influence(multihead, mask):
    """[T, T]: how much output i moves with input j, for random weights of two heads."""
    torch.manual_seed(0)
    x = torch.randn(1, T, D, dtype=torch.float64)
    W = [torch.randn(D, D, dtype=torch.float64) / D**0.5 for _ in range(4)]
    slope = torch.autograd.functional.jacobian(lambda x: multihead.multi_head_attention(x, x, *W, 2, mask), x)
    return slope[0, :, :, 0].norm(dim=(1, 3))


def draw(reference, say):
    multihead = reference("multihead")
    keep = (torch.arange(T) < REAL)[None]
    causal = torch.ones(T, T, dtype=torch.bool).tril()
    both = multihead.combine_masks(keep, causal)
    tables = {
        say("padding", "padding"): multihead.combine_masks(keep=keep)[0, 0].expand(T, T),
        say("causal", "causal"): causal,
        say("both", "les deux"): both[0, 0],
        say("measured influence", "influence mesurée"): influence(multihead, both),
    }
    names = [str(place) if place < REAL else "<pad>" for place in range(T)]
    figure = Figure(figsize=(9.2, 2.9))
    for axes, (title, table) in zip(figure.subplots(1, 4), tables.items(), strict=True):
        measured = table.dtype != torch.bool
        axes.imshow(table, cmap="Oranges" if measured else "Blues", vmin=0, vmax=table.max() if measured else 1.4)
        for i in range(T):
            for j in range(T):
                if not table[i, j]:
                    axes.text(j, i, "0" if measured else "✕", ha="center", va="center", fontsize=8, color="#6b7486")
        axes.set_title(title, fontsize=11)
        axes.set_xticks(range(T), names, rotation=90, fontsize=8)
        axes.set_yticks(range(T), names, fontsize=8)
        axes.set_xlabel(say("looks at", "regarde") if not measured else say("input", "entrée"))
        axes.set_ylabel(say("who", "qui") if not measured else say("output", "sortie"))
    figure.tight_layout()
    return figure
