"""Where a trained decoder looks when it translates, against the gold alignment of the sentence."""

import sys
from functools import cache
from importlib import util
from pathlib import Path

import torch
import torch.nn.functional as F
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

DATA = Path(__file__).parents[2] / "data/translation.py"
D, H, A, STEPS = 32, 64, 48, 1000
SHOWN = ("the black cat does not see the small house", "my old horse sleeps near the big tree")


def _translation():
    spec = util.spec_from_file_location("translation", DATA)
    module = util.module_from_spec(spec)
    sys.modules["translation"] = module
    spec.loader.exec_module(module)
    return module


def padded(rows):
    """Rows of ids of one length, padded with 0, and where they are real. -> int64 [B, T], bool [B, T]"""
    longest = max(len(row) for row in rows)
    ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
    return ids, torch.tensor([[True] * len(row) + [False] * (longest - len(row)) for row in rows])


@cache
def looked(seq2seq):
    """Words, weights [T, S] and gold cells of the sentences shown."""
    pairs = _translation().sentences(6000, seed=2)
    source_words = ["<pad>", *sorted({word for pair in pairs for word in pair.en})]
    target_words = ["<pad>", "<s>", "</s>", *sorted({word for pair in pairs for word in pair.fr})]
    place = [{word: index for index, word in enumerate(words)} for words in (source_words, target_words)]
    sources = [[place[0][word] for word in pair.en] for pair in pairs]
    targets = [[1, *(place[1][word] for word in pair.fr), 2] for pair in pairs]
    torch.manual_seed(0)
    S, V = len(source_words), len(target_words)
    sizes = {
        "E_src": (S, D), "W_enc": (H, D), "U_enc": (H, H), "b_enc": (H,), "W_a": (A, 2 * H), "v_a": (A,),
        "E_tgt": (V, D), "W_dec": (H, D + H), "U_dec": (H, H), "b_dec": (H,), "W_out": (V, H), "b_out": (V,),
    }  # fmt: skip
    p = {name: (torch.randn(size) / size[-1] ** 0.5).requires_grad_() for name, size in sizes.items()}
    optimiser = torch.optim.Adam(p.values(), lr=0.004)
    for _ in range(STEPS):
        chosen = torch.randint(len(pairs), (64,)).tolist()
        source, mask = padded([sources[index] for index in chosen])
        target, _ = padded([targets[index] for index in chosen])
        enc, s0 = seq2seq.encode(source, mask, p)
        logits, _ = seq2seq.teacher_forced(target, s0, enc, mask, p)
        loss = F.cross_entropy(logits.flatten(0, 1), target[:, 1:].flatten(), ignore_index=0)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(p.values(), 1.0)
        optimiser.step()
    shown = []
    for sentence in SHOWN:
        words = sentence.split()
        source, mask = padded([[place[0][word] for word in words]])
        with torch.no_grad():
            enc, s0 = seq2seq.encode(source, mask, p)
            written = seq2seq.greedy_generate(s0, enc, mask, p, 1, 2, 16)[0]
            _, weights = seq2seq.teacher_forced(torch.tensor([[1, *written, 2]]), s0, enc, mask, p)
        gold = next((pair.alignment for pair in pairs if pair.en == tuple(words)), None)
        shown.append((words, [target_words[index] for index in written], weights[0, :-1], gold))
    return shown


def draw(reference, say):
    figure = Figure(figsize=(9.4, 4.2))
    for axes, (words, written, weights, _) in zip(figure.subplots(1, 2), looked(reference("seq2seq")), strict=True):
        image = axes.imshow(weights, cmap="Blues", vmin=0, vmax=1)
        axes.set_xticks(range(len(words)), words, rotation=60, ha="right")
        axes.set_yticks(range(len(written)), written)
        for row, column in enumerate(weights.argmax(-1).tolist()):
            axes.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, edgecolor="#b4531a", linewidth=1.5))
    figure.subplots_adjust(wspace=0.35)
    bar = figure.colorbar(image, ax=figure.axes, shrink=0.7, ticks=[0, 1])
    bar.set_label(say("weight (framed: the largest of the row)", "poids (encadré : le plus grand de la ligne)"))
    return figure
