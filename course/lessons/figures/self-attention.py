"""What the root of d_k is for: how much of a query's weight its favourite key takes, as vectors get wider."""

from functools import cache

import torch
from matplotlib.figure import Figure

WIDTHS = (2, 4, 8, 16, 32, 64, 128, 256, 512)
KEYS = 16


@cache
def measured(attention):
    """For the default scale and for none: mean largest weight, and mean size of the gradient that reaches a query."""
    rows = {}
    for scale in (None, 1.0):
        largest, slopes = [], []
        for width in WIDTHS:
            torch.manual_seed(width)
            q = torch.randn(400, 1, width, requires_grad=True)
            k, v = torch.randn(400, KEYS, width), torch.randn(400, KEYS, 4)
            out, weights = attention(q, k, v, scale=scale)
            (slope,) = torch.autograd.grad(out.pow(2).sum(), q)
            largest.append(weights.amax(-1).mean().item())
            slopes.append(slope.norm(dim=-1).median().item())
        rows[scale] = largest, slopes
    return rows


def draw(reference, say):
    rows = measured(reference("attention").scaled_dot_product_attention)
    figure = Figure(figsize=(8.6, 3.5))
    weight, slope = figure.subplots(1, 2)
    names = {
        None: (say("divided by the root of $d_k$", "divisés par la racine de $d_k$"), "#1b5a8c", "o"),
        1.0: (say("bare dot products", "produits scalaires bruts"), "#b4531a", "s"),
    }
    for scale, (name, colour, marker) in names.items():
        weight.semilogx(WIDTHS, rows[scale][0], base=2, color=colour, marker=marker, label=name)
        slope.loglog(WIDTHS, rows[scale][1], base=2, color=colour, marker=marker)
    weight.axhline(1 / KEYS, color="#566072", linestyle="--", linewidth=1)
    weight.text(
        2, 1 / KEYS + 0.02, say("equal shares of 16 keys", "parts égales de 16 clés"), fontsize=9, color="#566072"
    )
    weight.set_yticks([0, 0.5, 1], ["0", say("0.5", "0,5"), "1"])
    weight.set(ylim=(0, 1.25), xlabel="$d_k$", title=say("largest weight of a query", "plus grand poids d'une requête"))
    slope.set(xlabel="$d_k$", title=say("gradient that reaches a query", "gradient qui atteint une requête"))
    weight.legend(frameon=False, fontsize=9, loc="upper left", bbox_to_anchor=(-0.02, 1.04))
    for axes in (weight, slope):
        axes.title.set_fontsize(11)
    figure.tight_layout()
    return figure
