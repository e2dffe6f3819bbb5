"""Reversing sequences with and without attention: the share of right tokens, by length."""

from functools import cache

import torch
import torch.nn.functional as F
from matplotlib.figure import Figure

SYMBOLS, LONGEST, D, H, STEPS = 12, 16, 16, 32, 900
BOS, EOS, V = SYMBOLS, SYMBOLS + 1, SYMBOLS + 2


def batch(count, length):
    source = torch.randint(SYMBOLS, (count, length))
    edge = torch.ones(count, 1, dtype=torch.int64)
    return source, torch.ones(count, length, dtype=torch.bool), torch.cat([BOS * edge, source.flip(1), EOS * edge], 1)


def bottleneck(model, enc, s0):
    """What the decoder may look at: the states as they are, or the last one alone at every position."""
    return enc if model == "attention" else s0.unsqueeze(1).expand_as(enc)


@cache
def measured(seq2seq):
    """Share of right tokens for each length, with attention and without."""
    shares = {}
    for model in ("attention", "bottleneck"):
        torch.manual_seed(0)
        sizes = {
            "E_src": (V, D), "W_enc": (H, D), "U_enc": (H, H), "b_enc": (H,), "W_a": (H, 2 * H), "v_a": (H,),
            "E_tgt": (V, D), "W_dec": (H, D + H), "U_dec": (H, H), "b_dec": (H,), "W_out": (V, H), "b_out": (V,),
        }  # fmt: skip
        p = {name: (torch.randn(size) / size[-1] ** 0.5).requires_grad_() for name, size in sizes.items()}
        optimiser = torch.optim.Adam(p.values(), lr=0.005)
        for step in range(STEPS):
            longest = min(LONGEST, 4 + step * LONGEST * 2 // STEPS)  # short ones first
            source, mask, target = batch(64, int(torch.randint(2, longest + 1, ())))
            enc, s0 = seq2seq.encode(source, mask, p)
            logits, _ = seq2seq.teacher_forced(target, s0, bottleneck(model, enc, s0), mask, p)
            loss = F.cross_entropy(logits.flatten(0, 1), target[:, 1:].flatten())
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(p.values(), 1.0)
            optimiser.step()
        shares[model] = []
        with torch.no_grad():
            for length in range(2, LONGEST + 1, 2):
                source, mask, target = batch(300, length)
                enc, s0 = seq2seq.encode(source, mask, p)
                written, _ = seq2seq.teacher_forced(target, s0, bottleneck(model, enc, s0), mask, p)
                shares[model].append((written.argmax(-1) == target[:, 1:])[:, :-1].float().mean().item())
    return shares


def draw(reference, say):
    shares = measured(reference("seq2seq"))
    figure = Figure(figsize=(6.8, 3.6))
    axes = figure.subplots()
    lengths = range(2, LONGEST + 1, 2)
    names = {
        "attention": (say("looks back at every state", "revoit tous les états"), "#1b5a8c", "o"),
        "bottleneck": (say("has the last state only", "n'a que le dernier état"), "#b4531a", "s"),
    }
    for model, (name, colour, marker) in names.items():
        axes.plot(lengths, shares[model], color=colour, marker=marker, label=name)
    axes.axhline(1 / SYMBOLS, color="#566072", linestyle="--", linewidth=1)
    axes.text(LONGEST, 1 / SYMBOLS + 0.02, say("chance", "hasard"), ha="right", fontsize=9, color="#566072")
    axes.set_yticks([0, 0.5, 1], ["0", say("50%", "50 %"), say("100%", "100 %")])
    axes.set(ylim=(0, 1.05), xlabel=say("length of the source", "longueur de la source"))
    axes.set_ylabel(say("tokens written right", "tokens justes"))
    axes.legend(frameon=False, loc="lower left", bbox_to_anchor=(0, 0.15))
    return figure
