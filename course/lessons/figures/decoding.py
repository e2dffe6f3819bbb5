"""A character model of fables: how many characters two filters keep along a text, and what a temperature buys."""

from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

FABLES = Path(__file__).parents[2] / "data"
ORDER, LENGTH = 5, 12_000
TEMPERATURES = (0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0)
SHOWN = {"en": "said the fox", "fr": "dit le renard"}


class Counted:
    """What follows the last 0, 1, … ORDER characters in a text, the longer beginnings weighing more."""

    def __init__(self, text):
        self.symbols = sorted(set(text))
        self.place = {symbol: index for index, symbol in enumerate(self.symbols)}
        self.counts = defaultdict(lambda: np.zeros(len(self.symbols)))
        for end, symbol in enumerate(text):
            for order in range(min(end, ORDER) + 1):
                self.counts[text[end - order : end]][self.place[symbol]] += 1

    def after(self, beginning):
        """Probabilities of the next character, [V], all above 0."""
        p = np.full(len(self.symbols), 1 / len(self.symbols))
        for order in range(ORDER + 1):
            counts = self.counts.get(beginning[len(beginning) - order :])
            if counts is not None:
                p = (counts + p) / (counts.sum() + 1)
        return p

    def write(self, temperature, rng):
        written = "\n"
        while len(written) < LENGTH:
            p = self.after(written[-ORDER:]) ** (1 / temperature)
            written += self.symbols[rng.choice(len(p), p=p / p.sum())]
        return written


@cache
def measured(language):
    """Characters that hold 90 % at each place of the text shown; shares of real and of different words by temperature."""
    text = (FABLES / f"fables.{language}.txt").read_text(encoding="utf-8").lower()
    model, known = Counted(text), set(text.split())
    shown = SHOWN[language]
    kept = [
        1 + int((np.sort(model.after(shown[max(0, end - ORDER) : end]))[::-1].cumsum() < 0.9).sum())
        for end in range(1, len(shown))
    ]
    real, different = [], []
    for temperature in TEMPERATURES:
        words = model.write(temperature, np.random.default_rng(0)).split()
        real.append(sum(word in known for word in words) / len(words))
        threes = list(zip(words, words[1:], words[2:], strict=False))
        different.append(len(Counter(threes)) / len(threes))
    return kept, real, different


def draw(reference, say):
    language = say("en", "fr")
    kept, real, different = measured(language)
    figure = Figure(figsize=(9.2, 3.7))
    count, curves = figure.subplots(1, 2)
    places = range(len(kept))
    count.bar(places, kept, color="#9fc3e0", label=say("top-p, p = 0.9", "top-p, p = 0,9"))
    count.axhline(5, color="#b4531a", linestyle="--", label=say("top-k, k = 5", "top-k, k = 5"))
    count.set_xticks(places, [symbol.replace(" ", "␣") for symbol in SHOWN[language][1:]])
    count.set_yticks(range(0, 21, 5))
    count.set(xlabel=say("next character", "caractère suivant"))
    count.set_title(say("characters kept", "caractères gardés"), fontsize=11)
    count.legend(frameon=False, fontsize=9)
    curves.plot(TEMPERATURES, real, color="#1b5a8c", marker="o", label=say("words of the fables", "mots des fables"))
    label = say("different groups of three words", "groupes de trois mots différents")
    curves.plot(TEMPERATURES, different, color="#2f7d4f", marker="s", label=label)
    curves.set_yticks([0, 0.5, 1], [say(f"{n}%", f"{n} %") for n in (0, 50, 100)])
    curves.set_xticks([0.5, 1, 1.5, 2], [say(str(t), str(t).replace(".", ",")) for t in (0.5, 1, 1.5, 2)])
    curves.set(ylim=(0, 1.05), xlabel=say("temperature", "température"))
    curves.set_title(say("what the model writes", "ce que le modèle écrit"), fontsize=11)
    curves.legend(frameon=False, fontsize=9, loc="lower right")
    figure.tight_layout()
    return figure
