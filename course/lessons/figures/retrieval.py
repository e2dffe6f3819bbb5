"""A query among four keys, and the shares it gives them as the comparison gets sharper."""

import torch
from matplotlib.figure import Figure

KEYS = torch.tensor([[0.95, 0.05], [0.55, 0.85], [-0.75, 0.6], [0.1, -1.0]])
QUERY = torch.tensor([[0.95, 0.3]])
SHARPNESS = (0.5, 3.0, 20.0)
COLOURS = ("#1b5a8c", "#b4531a", "#14633a", "#7a3b8f")


def draw(reference, say):
    attention = reference("attention").scaled_dot_product_attention
    figure = Figure(figsize=(8.2, 3.6))
    plane, shares = figure.subplots(1, 2, width_ratios=(1, 1.5))
    for index, (key, colour) in enumerate(zip(KEYS.tolist(), COLOURS, strict=True), 1):
        plane.annotate("", key, (0, 0), arrowprops={"arrowstyle": "-|>", "color": colour, "lw": 2})
        plane.text(key[0] * 1.15, key[1] * 1.15, f"$k_{index}$", color=colour, ha="center", va="center")
    query = QUERY[0].tolist()
    plane.annotate("", query, (0, 0), arrowprops={"arrowstyle": "-|>", "color": "black", "lw": 2.5, "ls": "--"})
    plane.text(query[0] * 1.2, query[1] * 1.2, "$q$", ha="center", va="center", fontsize=13)
    plane.set(xlim=(-1.3, 1.4), ylim=(-1.3, 1.3), aspect="equal", xticks=[], yticks=[])
    plane.set_title(say("one query, four keys", "une requête, quatre clés"), fontsize=11)
    plane.spines[["left", "bottom"]].set_visible(False)
    values = torch.eye(4)
    for step, sharpness in enumerate(SHARPNESS):
        weights = attention(QUERY, KEYS, values, scale=sharpness)[1][0].tolist()
        places = [step * 5 + index for index in range(4)]
        bars = shares.bar(places, weights, color=COLOURS, width=0.85)
        labels = [f"{weight:.2f}" for weight in weights]
        shares.bar_label(bars, [say(each, each.replace(".", ",")) for each in labels], fontsize=8)
    shares.set_xticks(
        [step * 5 + 1.5 for step in range(3)],
        [say("weak", "faible"), say("medium", "moyenne"), say("strong", "forte")],
    )
    shares.set_xlabel(say("sharpness of the comparison", "netteté de la comparaison"))
    shares.set_ylabel(say("weight", "poids"))
    shares.set_yticks([0, 0.5, 1], ["0", say("0.5", "0,5"), "1"])
    shares.set_ylim(0, 1.12)
    shares.set_title(say("from a mean to a choice", "de la moyenne au choix"), fontsize=11)
    figure.tight_layout()
    return figure
