"""Loss by position of a small causal block on fables, and the positions that generation computes with and without a cache."""

from functools import cache
from pathlib import Path

import torch
import torch.nn.functional as F
from matplotlib.figure import Figure

FABLES = Path(__file__).parents[2] / "data" / "fables.fr.txt"
T, D, STEPS = 32, 48, 500


@cache
def measured(block):
    """Mean loss in bits per character at each position of a window."""
    text = FABLES.read_text(encoding="utf-8")
    symbols = sorted(set(text))
    ids = torch.tensor([symbols.index(each) for each in text])
    torch.manual_seed(0)
    sizes = {"W_q": (D, D), "W_k": (D, D), "W_v": (D, D), "W_o": (D, D), "W_1": (D, 4 * D), "W_2": (4 * D, D)}
    layers = []
    for _ in range(1):
        weights = {name: torch.randn(size) / size[0] ** 0.5 for name, size in sizes.items()}
        weights |= {"b_1": torch.zeros(4 * D), "b_2": torch.zeros(D)}
        weights |= {
            f"{name}_{i}": torch.full((D,), 1.0 if name == "gamma" else 0.0)
            for i in (1, 2)
            for name in ("gamma", "beta")
        }
        layers.append(weights)
    table, head = torch.randn(len(symbols), D), torch.randn(D, len(symbols)) / D**0.5
    parameters = [each.requires_grad_() for layer in layers for each in layer.values()]
    parameters += [table.requires_grad_(), head.requires_grad_()]
    causal = torch.ones(T, T, dtype=torch.bool).tril()

    def losses(windows):
        x = block.add_positions(table[windows[:, :-1]])
        for weights in layers:
            x = block.encoder_layer(x, weights, 4, causal, True)
        return F.cross_entropy((x @ head).flatten(0, 1), windows[:, 1:].flatten(), reduction="none").view(-1, T)

    def windows(count):
        starts = torch.randint(len(ids) - T, (count, 1))
        return ids[starts + torch.arange(T + 1)]

    optimiser = torch.optim.Adam(parameters, lr=0.002)
    for _ in range(STEPS):
        loss = losses(windows(32)).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    with torch.no_grad():
        return (losses(windows(2000)).mean(0) / torch.log(torch.tensor(2.0))).tolist()


def draw(reference, say):
    bits = measured(reference("transformer-block"))
    figure = Figure(figsize=(9, 3.5))
    loss, cost = figure.subplots(1, 2)
    loss.plot(range(1, T + 1), bits, color="#1b5a8c", marker=".")
    loss.set(ylim=(0, None), xlabel=say("characters read", "caractères lus"))
    loss.set_title(say("bits per character", "bits par caractère"), fontsize=11)
    written = range(1, 1001, 20)
    cost.plot(written, [n * (n + 1) / 2 for n in written], color="#b4531a", label=say("without a cache", "sans cache"))
    cost.plot(written, list(written), color="#2f7d4f", linestyle="--", label=say("with a cache", "avec cache"))
    cost.set_yscale("log")
    cost.set_xlabel(say("tokens written", "tokens écrits"))
    cost.set_title(say("positions computed", "positions calculées"), fontsize=11)
    cost.legend(frameon=False, fontsize=9, loc="lower right")
    figure.tight_layout()
    return figure
