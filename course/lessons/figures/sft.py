"""Which tokens of a conversation carry loss, and how many they are in exchanges of different kinds."""

from matplotlib.figure import Figure

LONG = "Un renard flatte un corbeau perché, qui ouvre le bec pour chanter et laisse tomber son fromage. " * 3
CHATS = {
    ("short answer", "réponse courte"): [("user", "What is the capital of Senegal?"), ("assistant", "Dakar.")],
    ("two turns", "deux tours"): [
        ("system", "Answer briefly."),
        ("user", "Qui tenait un fromage ?"),
        ("assistant", "Maître Corbeau."),
        ("user", "And who took it from him?"),
        ("assistant", "Maître Renard, with a compliment."),
    ],
    ("long answer", "longue réponse"): [("user", "Tell me the fable."), ("assistant", LONG)],
}


def draw(reference, say):
    chat = reference("chat-template")

    def tokens(turns):
        ids = chat.encode(chat.render_chat([{"role": role, "content": text} for role, text in turns]))
        return ids, [label != -100 for label in chat.sft_labels(ids)]

    figure = Figure(figsize=(9.2, 3.8))
    strip, bars = figure.subplots(2, 1, height_ratios=(1, 1.6))
    ids, learned = tokens(CHATS["two turns", "deux tours"])
    strip.imshow([learned], aspect="auto", cmap="Greens", vmin=-0.15, vmax=1.3)
    strip.set_yticks([])
    strip.set_title(
        say(
            f"{sum(learned)} of {len(ids)} tokens carry loss", f"{sum(learned)} tokens sur {len(ids)} portent la perte"
        ),
        fontsize=11,
    )
    strip.set_xlabel(say("token", "token"))

    for place, turns in enumerate(CHATS.values()):
        ids, learned = tokens(turns)
        asked = sum(len(chat.encode(text)) for role, text in turns if role != "assistant")
        parts = (sum(learned), asked, len(ids) - sum(learned) - asked)
        labels = (say("carry loss", "portent la perte"), say("asked", "demandés"), say("template", "gabarit"))
        x = 0.0
        for part, label, colour in zip(parts, labels, ("#5fa873", "#9fc3e0", "#d5d9e0"), strict=True):
            bars.barh(-place, part / len(ids), left=x, color=colour, label=label if place == 0 else None)
            bars.text(x + part / len(ids) / 2, -place, str(part), ha="center", va="center", fontsize=9)
            x += part / len(ids)
    bars.set_yticks([0, -1, -2], [say(*names) for names in CHATS])
    bars.set_xticks([0, 0.5, 1], [say(f"{n}%", f"{n} %") for n in (0, 50, 100)])
    bars.set(xlim=(0, 1))
    bars.legend(frameon=False, ncols=3, fontsize=9, loc="lower center", bbox_to_anchor=(0.5, 1.0))
    figure.tight_layout()
    return figure
