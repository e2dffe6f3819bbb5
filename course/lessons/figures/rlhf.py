"""A reward model that learns from comparisons of ordinary answers, and what becomes of a policy that believes it too far."""

from functools import cache

import numpy as np
from matplotlib.figure import Figure

PAIRS, USUAL, SPREAD = 400, 80, 0.5  # comparisons; median length in words, and the spread of its logarithm
GRID = np.linspace(-5, 12, 400)  # quality, and length in units of the spread, of an answer


def liked(quality, length):
    """What people think: quality counts, and length up to a point."""
    return quality + length - 0.9 * length**2


def words(length):
    return USUAL * np.exp(SPREAD * length)


@cache
def learned():
    """Weights (quality, length) of a linear reward model fitted to comparisons by people who err as the model assumes."""
    rng = np.random.default_rng(0)
    answers = rng.normal(size=(2, PAIRS, 2))
    first, second = (liked(*each.T) for each in answers)
    first_wins = rng.random(PAIRS) < 1 / (1 + np.exp(second - first))
    ahead = np.where(first_wins[:, None], answers[0] - answers[1], answers[1] - answers[0])
    weights = np.zeros(2)
    for _ in range(2000):
        surprise = 1 / (1 + np.exp(ahead @ weights))
        weights += 0.5 * (ahead * surprise[:, None]).mean(0)
    return weights


@cache
def optimised():
    """KL, reward by the model and by people of the best policy at each strength of the penalty; 0 for the reference."""
    by_quality, by_length = learned()
    quality, length = np.meshgrid(GRID, GRID)
    reference = np.exp(-(quality**2 + length**2) / 2)
    reference /= reference.sum()
    model, people = by_quality * quality + by_length * length, liked(quality, length)
    rows = []
    for beta in np.geomspace(0.17, 20, 60):
        policy = reference * np.exp((model - model.max()) / beta)
        policy /= policy.sum()
        kl = (policy * np.log(policy / reference, where=policy > 0, out=np.zeros_like(policy))).sum()
        rows.append((kl, *(((policy - reference) * reward).sum() for reward in (model, people))))
    return np.array(rows).T


def draw(reference, say):
    figure = Figure(figsize=(9.2, 3.7))
    seen, bargain = figure.subplots(1, 2)
    length = np.linspace(-3, 4, 200)
    seen.fill_between(words(length), -6, -6 + 3 * np.exp(-(length**2) / 2), color="#d5d9e0", lw=0)
    seen.text(USUAL, -5.4, say("compared", "comparées"), ha="center", fontsize=9, color="#566072")
    seen.plot(words(length), learned()[1] * length, color="#1b5a8c", label=say("reward model", "modèle de récompense"))
    seen.plot(words(length), liked(0, length), color="#b4531a", label=say("people", "personnes"))
    seen.set_xscale("log")
    seen.set_xticks([20, 80, 320], ["20", "80", "320"])
    seen.minorticks_off()
    seen.set(ylim=(-6, 5), xlabel=say("length of the answer, words", "longueur de la réponse, mots"))
    seen.set_title(say("reward for its length", "récompense due à la longueur"), fontsize=11)
    seen.legend(frameon=False, fontsize=9, loc="upper left")
    kl, model, people = optimised()
    bargain.plot(kl, model, color="#1b5a8c", label=say("by the reward model", "selon le modèle de récompense"))
    bargain.plot(kl, people, color="#b4531a", label=say("by people", "selon les personnes"))
    bargain.set(xlim=(0, 12), ylim=(-2, 5), xlabel=say("KL from the reference, nats", "KL à la référence, nats"))
    bargain.set_title(say("mean reward gained", "récompense moyenne gagnée"), fontsize=11)
    bargain.legend(frameon=False, fontsize=9, loc="lower left")
    figure.tight_layout()
    return figure
