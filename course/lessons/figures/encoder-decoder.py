"""A small Transformer that translates: where its decoder looks in the source, and what it costs to see the future."""

import sys
from functools import cache
from importlib import util
from pathlib import Path

import torch
import torch.nn.functional as F
from matplotlib.figure import Figure
from torch import nn

DATA = Path(__file__).parents[2] / "data/translation.py"
D, HEADS, LONGEST, STEPS = 48, 4, 20, 900
SHOWN = "the black cat does not see the small house"
PAD, BOS, EOS = 0, 1, 2


def _translation():
    spec = util.spec_from_file_location("translation", DATA)
    module = util.module_from_spec(spec)
    sys.modules["translation"] = module
    spec.loader.exec_module(module)
    return module


def padded(rows):
    longest = max(len(row) for row in rows)
    return torch.tensor([row + [PAD] * (longest - len(row)) for row in rows])


class Small(nn.Module):
    """Ids [B, S] and [B, T] -> logits [B, T, V]; `sees_future` leaves the causal mask away."""

    def __init__(self, words_in, words_out, sees_future):
        super().__init__()
        self.sees_future = sees_future
        self.source, self.target = nn.Embedding(words_in, D), nn.Embedding(words_out, D)
        self.places = nn.Embedding(LONGEST, D)
        self.core = nn.Transformer(D, HEADS, 1, 1, 2 * D, dropout=0.0, batch_first=True)
        self.out = nn.Linear(D, words_out)

    def forward(self, source, target):
        hidden = source == PAD
        memory = self.core.encoder(
            self.source(source) + self.places.weight[: source.shape[1]], src_key_padding_mask=hidden
        )
        size = target.shape[1]
        future = None if self.sees_future else torch.ones(size, size, dtype=torch.bool).triu(1)
        y = self.target(target) + self.places.weight[:size]
        return self.out(self.core.decoder(y, memory, future, memory_key_padding_mask=hidden))


def write(model, source):
    """What the model writes on its own: ids [B, LONGEST]."""
    target = torch.full((len(source), 1), BOS)
    while target.shape[1] < LONGEST:
        target = torch.cat([target, model(source, target)[:, -1:].argmax(-1)], 1)
    return target


def right(written, wanted):
    """Share of the real tokens of `wanted` that stand at their place in `written`."""
    real = wanted != PAD
    return (written[:, : wanted.shape[1]] == wanted)[real].float().mean().item()


@cache
def measured():
    """Shares of right words, forced and on its own, per mask; and words and weights [T, S] of the sentence shown."""
    module = _translation()
    pairs = module.sentences(6000, seed=2)
    words_in = ["<pad>", *sorted({word for pair in pairs for word in pair.en})]
    words_out = ["<pad>", "<s>", "</s>", *sorted({word for pair in pairs for word in pair.fr})]
    sources = [[words_in.index(word) for word in pair.en] for pair in pairs]
    targets = [[BOS, *(words_out.index(word) for word in pair.fr), EOS] for pair in pairs]
    shares, weights = {}, None
    for sees_future in (False, True):
        torch.manual_seed(0)
        model = Small(len(words_in), len(words_out), sees_future)
        optimiser = torch.optim.Adam(model.parameters(), lr=0.003)
        for _ in range(STEPS):
            chosen = torch.randint(300, len(pairs), (64,)).tolist()
            source, target = padded([sources[i] for i in chosen]), padded([targets[i] for i in chosen])
            loss = F.cross_entropy(
                model(source, target[:, :-1]).flatten(0, 1), target[:, 1:].flatten(), ignore_index=PAD
            )
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        with torch.no_grad():
            source, target = padded(sources[:300]), padded(targets[:300])
            forced = model(source, target[:, :-1]).argmax(-1)
            shares[sees_future] = right(forced, target[:, 1:]), right(write(model, source)[:, 1:], target[:, 1:])
            if not sees_future:
                weights = looked(model, [words_in.index(word) for word in SHOWN.split()], words_out)
    return shares, weights


def looked(model, source, words_out):
    """The words written for one source, and the weights of the cross-attention that wrote them: [T, S]."""
    source = torch.tensor([source])
    written = write(model, source)
    end = written[0].tolist().index(EOS)
    cross, seen = model.core.decoder.layers[0].multihead_attn, []
    watching = cross.register_forward_pre_hook(lambda _, given: seen.append(given[:2]))
    model(source, written[:, :end])
    watching.remove()
    queries, memory = seen[0]
    weights = cross(queries, memory, memory)[1][0]
    return [words_out[int(id)] for id in written[0, 1 : end + 1]], weights


def draw(reference, say):
    shares, (words, weights) = measured()
    figure = Figure(figsize=(9.2, 4))
    cross, bars = figure.subplots(1, 2, width_ratios=(1.25, 1))
    cross.imshow(weights, cmap="Blues", vmin=0, vmax=1)
    cross.set_xticks(range(weights.shape[1]), SHOWN.split(), rotation=60, ha="right", rotation_mode="anchor")
    cross.set_yticks(range(len(words)), words)
    cross.set(xlabel=say("keys, from the encoder", "clés, de l'encodeur"))
    cross.set_ylabel(say("queries: to write…", "requêtes : pour écrire…"))
    cross.set_title(say("weights of the cross-attention", "poids de l'attention croisée"), fontsize=11)
    names = (say("causal mask", "masque causal"), say("no mask", "aucun masque"))
    kinds = (say("right beginning given", "bon début fourni"), say("writes on its own", "écrit seul"))
    for place, (kind, colour) in enumerate(zip(kinds, ("#9fc3e0", "#b4531a"), strict=True)):
        heights = [shares[sees_future][place] for sees_future in (False, True)]
        spots = [group + 0.38 * place for group in range(2)]
        bars.bar(spots, heights, 0.36, color=colour, label=kind)
        for spot, height in zip(spots, heights, strict=True):
            shown = f"{100 * height:.0f}"
            bars.text(spot, height + 0.02, say(f"{shown}%", f"{shown} %"), ha="center", fontsize=9)
    bars.set_xticks([0.19, 1.19], names)
    bars.set_yticks([0, 0.5, 1], [say(f"{n}%", f"{n} %") for n in (0, 50, 100)])
    bars.set(ylim=(0, 1.12))
    bars.set_title(say("words written right", "mots justes"), fontsize=11)
    bars.legend(frameon=False, fontsize=9, loc="upper center", bbox_to_anchor=(0.5, -0.1), ncols=2)
    figure.tight_layout()
    return figure
