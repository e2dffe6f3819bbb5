"""One block with and without a causal mask, on a question about the rest of the sentence: does this token come again?"""

from functools import cache

import torch
import torch.nn.functional as F
from matplotlib.figure import Figure

SYMBOLS, T, D, STEPS = 12, 10, 32, 700


def batch(count):
    """Tokens [B, T], and whether each comes again to its right: [B, T]."""
    ids = torch.randint(SYMBOLS, (count, T))
    later = torch.ones(T, T, dtype=torch.bool).triu(1)
    return ids, ((ids[:, :, None] == ids[:, None]) & later).any(-1).long()


@cache
def measured(block):
    """Share of right answers by position for each mask, and for the more frequent answer of that position."""
    shares = {}
    for causal in (False, True):
        torch.manual_seed(0)
        sizes = {"W_q": (D, D), "W_k": (D, D), "W_v": (D, D), "W_o": (D, D), "W_1": (D, 2 * D), "W_2": (2 * D, D)}
        weights = {name: torch.randn(size) / size[0] ** 0.5 for name, size in sizes.items()}
        weights |= {"b_1": torch.zeros(2 * D), "b_2": torch.zeros(D)}
        weights |= {
            f"{name}_{i}": torch.full((D,), 1.0 if name == "gamma" else 0.0)
            for i in (1, 2)
            for name in ("gamma", "beta")
        }
        table, head = torch.randn(SYMBOLS, D), torch.randn(D, 2) / D**0.5
        place = torch.randn(T, D)
        parameters = [each.requires_grad_() for each in (*weights.values(), table, head, place)]
        mask = torch.ones(T, T, dtype=torch.bool).tril() if causal else None

        def answers(ids, table=table, place=place, weights=weights, head=head, mask=mask):
            return block.encoder_layer(table[ids] + place, weights, 4, mask) @ head

        optimiser = torch.optim.Adam(parameters, lr=0.004)
        for _ in range(STEPS):
            ids, again = batch(128)
            loss = F.cross_entropy(answers(ids).flatten(0, 1), again.flatten())
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        with torch.no_grad():
            ids, again = batch(4000)
            shares[causal] = (answers(ids).argmax(-1) == again).float().mean(0).tolist()
    often = again.float().mean(0)
    return shares, torch.maximum(often, 1 - often).tolist()


def draw(reference, say):
    shares, guessed = measured(reference("transformer-block"))
    figure = Figure(figsize=(6.8, 3.5))
    axes = figure.subplots()
    places = range(1, T + 1)
    axes.plot(
        places, shares[False], color="#1b5a8c", marker="o", label=say("looks both ways", "regarde des deux côtés")
    )
    axes.plot(places, shares[True], color="#b4531a", marker="s", label=say("causal mask", "masque causal"))
    axes.plot(
        places,
        guessed,
        color="#566072",
        linestyle="--",
        label=say("the more frequent answer", "la réponse la plus fréquente"),
    )
    axes.set_yticks([0.5, 0.75, 1], [say(f"{n}%", f"{n} %") for n in (50, 75, 100)])
    axes.set(ylim=(0.45, 1.03), xlabel=say("position in the sentence", "position dans la phrase"))
    axes.set_ylabel(say("right answers", "réponses justes"))
    axes.legend(frameon=False, fontsize=9, loc="lower right")
    figure.tight_layout()
    return figure
