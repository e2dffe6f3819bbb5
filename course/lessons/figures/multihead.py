"""One width, cut into more and more heads: the error on fetching two neighbours, and what two heads look at."""

from functools import cache

import torch
from matplotlib.figure import Figure

T, D, STEPS = 8, 16, 700
HEADS = (1, 2, 4, 8)
VALUES = D - T  # columns of a token that hold what it has to say; the others hold its place


def batch(count):
    """Tokens [B, T, D] with their place in one-hot form, and what is asked: the two neighbours, side by side."""
    said = torch.randn(count, T, VALUES // 2)
    x = torch.cat([said, torch.zeros(count, T, VALUES - said.shape[-1]), torch.eye(T).expand(count, T, T)], -1)
    return x, torch.cat([said.roll(1, 1), said.roll(-1, 1)], -1)


@cache
def measured(multihead):
    """Error after training by number of heads, and the weights of the model with two."""
    errors, learned = [], None
    for heads in HEADS:
        torch.manual_seed(1)
        W = [(torch.randn(D, D) / D**0.5).requires_grad_() for _ in range(4)]
        optimiser = torch.optim.Adam(W, lr=0.02)
        for step in range(STEPS):
            optimiser.param_groups[0]["lr"] = 0.02 * (1 - step / STEPS)
            x, asked = batch(64)
            out = multihead.multi_head_attention(x, x, *W, heads)
            loss = (out[..., :VALUES] - asked).square().mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        with torch.no_grad():
            x, asked = batch(500)
            out = multihead.multi_head_attention(x, x, *W, heads)
            errors.append((out[..., :VALUES] - asked).square().mean().item())
            if heads == 2:
                q, k = (multihead.split_heads(x @ each, heads) for each in W[:2])
                learned = torch.softmax(q @ k.transpose(-2, -1) / q.shape[-1] ** 0.5, -1).mean(0)
    return errors, learned


def draw(reference, say):
    errors, learned = measured(reference("multihead"))
    figure = Figure(figsize=(9.4, 3.3))
    error, *looks = figure.subplots(1, 3, width_ratios=(1.2, 1, 1))
    error.semilogy(range(len(HEADS)), errors, color="#1b5a8c", marker="o")
    error.set_xticks(range(len(HEADS)), [str(each) for each in HEADS])
    error.set_xlabel(say("heads", "têtes"))
    error.set_title(say("mean squared error", "erreur quadratique moyenne"), fontsize=11)
    for number, (axes, weights) in enumerate(zip(looks, learned, strict=True), 1):
        axes.imshow(weights, cmap="Blues", vmin=0, vmax=1)
        axes.set_title(say(f"weights of head {number} of 2", f"poids de la tête {number} sur 2"), fontsize=11)
        axes.set(xlabel=say("key", "clé"), xticks=range(T), yticks=range(T))
    looks[0].set_ylabel(say("query", "requête"))
    figure.tight_layout()
    return figure
