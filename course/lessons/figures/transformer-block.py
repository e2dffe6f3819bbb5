"""Which outputs of a block depend on which inputs: the size of the derivatives, token by token."""

from functools import cache

import torch
from matplotlib.figure import Figure

D, HEADS, T = 16, 4, 8


def drawn(seed):
    """A layer's weights as they are drawn before training."""
    torch.manual_seed(seed)
    sizes = {"W_q": (D, D), "W_k": (D, D), "W_v": (D, D), "W_o": (D, D), "W_1": (D, 4 * D), "W_2": (4 * D, D)}
    weights = {name: 1.5 * torch.randn(size) / size[0] ** 0.5 for name, size in sizes.items()}
    weights |= {"b_1": torch.zeros(4 * D), "b_2": torch.zeros(D)}
    return weights | {f"gamma_{n}": torch.ones(D) for n in (1, 2)} | {f"beta_{n}": torch.zeros(D) for n in (1, 2)}


def dependence(function):
    """Norm of the derivative of output token i with respect to input token j. -> [T, T], largest 1"""
    torch.manual_seed(0)
    jacobian = torch.autograd.functional.jacobian(function, torch.randn(1, T, D))[0, :, :, 0]
    norms = jacobian.pow(2).sum(dim=(1, 3)).sqrt()
    return norms / norms.max()


@cache
def measured(block):
    weights = drawn(3)
    causal = torch.ones(T, T, dtype=torch.bool).tril()
    inner = [weights[name] for name in ("W_1", "b_1", "W_2", "b_2")]
    return (
        dependence(lambda x: block.feed_forward(x, *inner)),
        dependence(lambda x: block.encoder_layer(x, weights, HEADS, norm_first=True)),
        dependence(lambda x: block.encoder_layer(x, weights, HEADS, mask=causal, norm_first=True)),
    )


def draw(reference, say):
    titles = (
        say("feed-forward alone", "réseau feed-forward seul"),
        say("whole block", "bloc entier"),
        say("whole block, causal mask", "bloc entier, masque causal"),
    )
    figure = Figure(figsize=(9.2, 3.2))
    for axes, norms, title in zip(figure.subplots(1, 3), measured(reference("transformer-block")), titles, strict=True):
        image = axes.imshow(norms.pow(0.5), cmap="Blues", vmin=0, vmax=1)
        axes.set_title(title, fontsize=11)
        axes.set_xlabel(say("input token", "token d'entrée"))
        axes.set_xticks(range(T))
        axes.set_yticks(range(T))
    figure.axes[0].set_ylabel(say("output token", "token de sortie"))
    bar = figure.colorbar(image, ax=figure.axes, shrink=0.8, ticks=[0, 1])
    bar.set_ticklabels([say("none", "nulle"), say("strong", "forte")])
    bar.set_label(say("dependence", "dépendance"))
    return figure
