"""A model that copies the answer of the most similar shot: its score with the test question among the shots, and without."""

from functools import cache

import torch
from matplotlib.figure import Figure

NOUNS = {
    "dog": "chien", "cat": "chat", "bird": "oiseau", "horse": "cheval", "king": "roi", "queen": "reine", "tree": "arbre",
    "house": "maison", "book": "livre", "star": "étoile", "flower": "fleur", "boat": "bateau",
}  # fmt: skip
ADJECTIVES = ("small", "big", "young", "old", "black", "white", "red", "green", "calm", "happy")
SHOTS = (0, 1, 2, 4, 8, 16, 32, 64, 120)


def copied(messages):
    """The answer of the shot that shares most words with the question; the first one wins ties."""
    questions, answers, asked = messages[1:-1:2], messages[2::2], set(messages[-1]["content"].split())
    shared = [len(asked & set(each["content"].split())) for each in questions]
    return answers[shared.index(max(shared))]["content"] if shared else ""


@cache
def measured(few_shot_prompt):
    """Share of right answers for each number of shots: (with the question among the shots, without)."""
    examples = [(f"{adjective} {noun}", french) for noun, french in NOUNS.items() for adjective in ADJECTIVES]
    order = torch.randperm(len(examples), generator=torch.Generator().manual_seed(0))
    examples = [examples[place] for place in order]

    def leaky(instruction, examples, query, n):
        turns = [
            {"role": role, "content": text} for pair in examples[:n] for role, text in zip("ua", pair, strict=True)
        ]
        return [{"role": "system", "content": instruction}, *turns, {"role": "user", "content": query}]

    return [
        [sum(copied(build("", examples, q, n)) == a for q, a in examples) / len(examples) for n in SHOTS]
        for build in (leaky, few_shot_prompt)
    ]


def draw(reference, say):
    leaking, honest = measured(reference("chat-template").few_shot_prompt)
    figure = Figure(figsize=(6.8, 3.5))
    axes = figure.subplots()
    places = range(len(SHOTS))
    axes.plot(
        places,
        leaking,
        color="#b4531a",
        marker="s",
        label=say("question among the shots", "question parmi les exemples"),
    )
    axes.plot(places, honest, color="#1b5a8c", marker="o", label=say("question left out", "question retirée"))
    axes.set_xticks(places, [str(each) for each in SHOTS])
    axes.set_yticks([0, 0.5, 1], [say(f"{n}%", f"{n} %") for n in (0, 50, 100)])
    axes.set(ylim=(-0.03, 1.05), xlabel=say("shots", "exemples"), ylabel=say("right answers", "réponses justes"))
    axes.legend(frameon=False, loc="upper left")
    figure.tight_layout()
    return figure
