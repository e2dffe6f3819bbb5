"""One sentence under the three objectives: what the model is shown, and what it must guess."""

import numpy as np
import torch
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

SENTENCES = {
    "en": ("a fox once praised a crow that held a piece of cheese", [(2, 4), (9, 12)]),
    "fr": ("un renard flatta un jour un corbeau qui tenait un fromage", [(2, 5), (8, 9)]),
}
SHOWN, HIDDEN, CHANGED, GUESSED = "#e9edf3", "#1b5a8c", "#b4531a", "#5fa873"


def causal(words):
    """Every word is shown, and at each place the next one is guessed."""
    return [(word, SHOWN) for word in words], [(word, GUESSED) for word in [*words[1:], "</s>"]]


def masked(words, rng):
    """BERT: of three drawn words (more than its 15 %, to show each case) one is hidden, one changed, one left."""
    drawn = rng.choice(len(words), 3, replace=False).tolist()
    becomes = dict(zip(drawn, ("hidden", "changed", "left"), strict=True))
    inputs = []
    for place, word in enumerate(words):
        match becomes.get(place):
            case "hidden":
                inputs.append(("[MASK]", HIDDEN))
            case "changed":
                inputs.append((str(rng.choice([each for each in words if each != word])), CHANGED))
            case _:
                inputs.append((word, SHOWN))
    return inputs, [(word, GUESSED) if place in becomes else None for place, word in enumerate(words)]


def spans(masked_lm, words, cut):
    """T5: each span is replaced by a sentinel, and the decoder writes the spans, each after its sentinel."""
    first = len(words) + len(cut)  # sentinels count down to len(words)

    def box(id, colour):
        return (words[id], colour) if id < len(words) else (f"<{'XYZ'[first - id]}>", HIDDEN)

    read, written = (each.tolist() for each in masked_lm.span_corrupt(torch.arange(len(words)), cut, first))
    return [box(id, SHOWN) for id in read], [(box(id, GUESSED)[0], GUESSED) for id in written]


def boxes(axes, row, y):
    for x, box in enumerate(row):
        if box is not None:
            word, colour = box
            axes.add_patch(Rectangle((x, y), 0.94, 0.8, facecolor=colour))
            ink = "black" if colour == SHOWN else "white"
            axes.text(x + 0.47, y + 0.4, word, ha="center", va="center", fontsize=8.5, color=ink)


def draw(reference, say):
    sentence, cut = SENTENCES[say("en", "fr")]
    words = sentence.split()
    rows = (
        (say("causal (GPT)", "causal (GPT)"), causal(words)),
        (say("masked (BERT)", "masqué (BERT)"), masked(words, np.random.default_rng(12))),
        (say("spans (T5)", "segments (T5)"), spans(reference("masked-lm"), words, cut)),
    )
    figure = Figure(figsize=(9.2, 3.9))
    for axes, (title, (inputs, targets)) in zip(figure.subplots(3, 1), rows, strict=True):
        boxes(axes, inputs, 1)
        boxes(axes, targets, 0)
        guessed = sum(each is not None for each in targets)
        axes.set_title(say(f"{title}: {guessed} guesses", f"{title} : {guessed} prédictions"), fontsize=11, loc="left")
        axes.set_yticks([1.4, 0.4], [say("read", "lu"), say("guessed", "prédit")])
        axes.set(xlim=(0, len(words)), ylim=(0, 1.85), xticks=[])
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
    figure.tight_layout()
    return figure
