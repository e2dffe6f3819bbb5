"""How alike the vectors are that skip-gram learned from generated sentences."""

import sys
from functools import cache
from importlib import util
from pathlib import Path

import torch
import torch.nn.functional as F
from matplotlib.figure import Figure

DATA = Path(__file__).parents[2] / "data/translation.py"
WORDS = [
    "dog",
    "king",
    "tree",
    "boat",
    "small",
    "old",
    "black",
    "happy",
    "sees",
    "likes",
    "sleeps",
    "runs",
    "in",
    "near",
    "he",
    "they",
]
KINDS = (("nouns", "noms"), ("adjectives", "adjectifs"), ("verbs", "verbes"), ("places, persons", "lieux, personnes"))


@cache
def trained(word2vec):
    """Cosines between the vectors of WORDS after skip-gram with negative sampling. -> [16, 16]"""
    spec = util.spec_from_file_location("translation", DATA)
    translation = util.module_from_spec(spec)
    sys.modules["translation"] = translation
    spec.loader.exec_module(translation)
    sentences = [pair.en for pair in translation.sentences(3000, seed=1)]
    words = sorted({word for sentence in sentences for word in sentence})
    ids = [[words.index(word) for word in sentence] for sentence in sentences]
    pairs = torch.tensor(word2vec.pairs(ids, 1))
    torch.manual_seed(0)
    inside, outside = torch.randn(len(words), 16) * 0.1, torch.zeros(len(words), 16)
    for step in range(2500):
        batch = pairs[torch.randint(len(pairs), (256,))]
        negatives = torch.randint(len(words), (256, 5))
        _, grad_in, grad_out = word2vec.sgns_loss_grads(batch[:, 0], batch[:, 1], negatives, inside, outside)
        rate = 20.0 * (1 - step / 2500)
        inside, outside = inside - rate * grad_in, outside - rate * grad_out
    chosen = F.normalize(inside[[words.index(word) for word in WORDS]] - inside.mean(0), dim=1)
    return chosen @ chosen.T


def draw(reference, say):
    cosines = trained(reference("word2vec"))
    figure = Figure(figsize=(6.6, 5.4))
    axes = figure.subplots()
    image = axes.imshow(cosines, cmap="RdBu_r", vmin=-1, vmax=1)
    axes.set_xticks(range(len(WORDS)), WORDS, rotation=60, ha="right")
    axes.set_yticks(range(len(WORDS)), WORDS)
    for border in (3.5, 7.5, 11.5):
        axes.axhline(border, color="white", linewidth=2)
        axes.axvline(border, color="white", linewidth=2)
    for place, kind in enumerate(KINDS):
        axes.text(15.8, 4 * place + 1.5, say(*kind), rotation=-90, va="center", fontsize=9)
    axes.spines[["left", "bottom"]].set_visible(False)
    bar = figure.colorbar(image, ax=axes, pad=0.09, shrink=0.8, ticks=[-1, 0, 1])
    bar.set_label(say("cosine of two vectors", "cosinus de deux vecteurs"))
    return figure
