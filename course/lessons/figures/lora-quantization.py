"""A character model of English fables: taught French through updates of low rank, and stored with fewer bits."""

import unicodedata
from functools import cache
from pathlib import Path

import torch
import torch.nn.functional as F
from matplotlib.figure import Figure

FABLES = Path(__file__).parents[2] / "data"
CONTEXT, D, H = 8, 24, 160
RANKS, BITS = (1, 2, 4, 8, 16, 32), (2, 3, 4, 5, 6, 8)


def characters(language):
    """The fables without accents or capitals, so that both languages share their symbols."""
    text = unicodedata.normalize("NFD", (FABLES / f"fables.{language}.txt").read_text(encoding="utf-8").lower())
    return "".join(each for each in text if each.isascii() and (each.isalpha() or each in " .,;'\n"))


def windows(ids, count):
    starts = torch.randint(len(ids) - CONTEXT, (count, 1))
    return ids[starts + torch.arange(CONTEXT + 1)]


def loss(table, layers, ids):
    """Mean loss in bits of the last character of each window [B, CONTEXT + 1]; layers: matrices [d_in, d_out]."""
    x = table[ids[:, :-1]].flatten(1)
    for weight in layers[:-1]:
        x = F.gelu(x @ weight)
    return F.cross_entropy(x @ layers[-1], ids[:, -1]) / torch.log(torch.tensor(2.0))


def trained(parameters, of, steps):
    """Adam on `of(ids)`, which draws from the parameters."""
    optimiser = torch.optim.Adam(parameters, lr=0.004)
    for step in range(steps):
        optimiser.param_groups[0]["lr"] = 0.004 * (1 - step / steps)
        value = of()
        optimiser.zero_grad()
        value.backward()
        optimiser.step()


@cache
def measured():
    """Bits per character: French by rank (parameters trained, loss), untrained and in full; English by bits and scale."""
    texts = {language: characters(language) for language in ("en", "fr")}
    symbols = sorted(set("".join(texts.values())))
    ids = {name: torch.tensor([symbols.index(each) for each in text]) for name, text in texts.items()}
    learn = {name: each[: int(0.85 * len(each))] for name, each in ids.items()}
    torch.manual_seed(0)
    tried = {name: windows(each[int(0.85 * len(each)) :], 3000) for name, each in ids.items()}
    table = torch.randn(len(symbols), D)
    sizes = ((CONTEXT * D, H), (H, H), (H, len(symbols)))
    base = [torch.randn(size) / size[0] ** 0.5 for size in sizes]
    parameters = [each.requires_grad_() for each in (table, *base)]
    trained(parameters, lambda: loss(table, base, windows(learn["en"], 64)), 1200)
    table, base = table.detach(), [each.detach() for each in base]

    with torch.no_grad():
        before = loss(table, base, tried["fr"]).item()
    points = []
    for rank in RANKS:
        torch.manual_seed(1)
        pairs = [(torch.randn(size[0], rank) / size[0] ** 0.5, torch.zeros(rank, size[1])) for size in sizes]
        parameters = [each.requires_grad_() for pair in pairs for each in pair]

        def adapted(pairs=pairs):
            return [weight + down @ up for weight, (down, up) in zip(base, pairs, strict=True)]

        trained(parameters, lambda adapted=adapted: loss(table, adapted(), windows(learn["fr"], 64)), 600)
        with torch.no_grad():
            points.append((sum(each.numel() for each in parameters), loss(table, adapted(), tried["fr"]).item()))
    torch.manual_seed(1)
    full = [each.clone().requires_grad_() for each in base]
    trained(full, lambda: loss(table, full, windows(learn["fr"], 64)), 600)
    with torch.no_grad():
        points.append((sum(each.numel() for each in full), loss(table, full, tried["fr"]).item()))
        stored = {
            one: [loss(table, [rounded(each, bits, one) for each in base], tried["en"]).item() for bits in BITS]
            for one in (True, False)
        }
        exact = loss(table, base, tried["en"]).item()
    return before, points, stored, exact


def rounded(weight, bits, one_scale):
    """Weights moved to the nearest of 2^bits - 1 evenly spaced values, with one scale in all or one per output."""
    top = 2 ** (bits - 1) - 1
    scale = (weight.abs().max() if one_scale else weight.abs().amax(0)) / top
    return (weight / scale).round() * scale


def draw(reference, say):
    before, points, stored, exact = measured()
    figure = Figure(figsize=(9.2, 3.7))
    ranks, bits = figure.subplots(1, 2)
    ranks.plot(
        *zip(*points[:-1], strict=True), color="#1b5a8c", marker="o", label=say("LoRA, by rank", "LoRA, par rang")
    )
    for rank, (count, value) in zip(RANKS, points, strict=False):
        ranks.annotate(str(rank), (count, value), (0, 7), textcoords="offset points", fontsize=9, ha="center")
    ranks.plot(*points[-1], color="#b4531a", marker="s", linestyle="", label=say("all weights", "tous les poids"))
    ranks.axhline(
        before, color="#566072", linestyle="--", label=say("English model as it is", "modèle anglais tel quel")
    )
    ranks.set_xscale("log")
    ranks.set(xlabel=say("parameters trained", "paramètres entraînés"), ylim=(2, None))
    ranks.set_title(say("French: bits per character", "français : bits par caractère"), fontsize=11)
    ranks.legend(frameon=False, fontsize=9)
    names = {
        True: say("one scale per matrix", "une échelle par matrice"),
        False: say("one per output", "une par sortie"),
    }
    for one, colour, marker in ((True, "#b4531a", "s"), (False, "#2f7d4f", "o")):
        bits.plot(range(len(BITS)), stored[one], color=colour, marker=marker, label=names[one])
    bits.axhline(exact, color="#566072", linestyle="--", label=say("32 bits", "32 bits"))
    bits.set_xticks(range(len(BITS)), [str(each) for each in BITS])
    bits.set(xlabel=say("bits per weight", "bits par poids"), ylim=(2, None))
    bits.set_title(say("English: bits per character", "anglais : bits par caractère"), fontsize=11)
    bits.legend(frameon=False, fontsize=9)
    figure.tight_layout()
    return figure
