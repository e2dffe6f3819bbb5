"""DPO on six answers: its loss from the first step on, and where it ends, beside what RLHF would reach at best."""

from functools import cache

import torch
from matplotlib.figure import Figure

REWARDS = torch.tensor([1.0, 0.6, 0.2, -0.2, -0.6, -1.0])  # what people like, unknown to DPO
REFERENCE = torch.tensor([0.05, 0.10, 0.30, 0.15, 0.30, 0.10])
BETA, PAIRS, STEPS = 0.5, 5000, 250


@cache
def measured(alignment):
    """Loss at each step, and the policy [6] at the end."""
    torch.manual_seed(0)
    pairs = torch.multinomial(REFERENCE.expand(PAIRS, -1), 2)
    first_wins = torch.rand(PAIRS) < torch.sigmoid(REWARDS[pairs[:, 0]] - REWARDS[pairs[:, 1]])
    chosen, rejected = torch.where(first_wins, pairs.T, pairs.T.flip(0))
    start = REFERENCE.log()
    logits = start.clone().requires_grad_()
    optimiser = torch.optim.Adam([logits], lr=0.05)
    losses = []
    for _ in range(STEPS):
        policy = logits.log_softmax(-1)
        loss = alignment.dpo_loss(policy[chosen], policy[rejected], start[chosen], start[rejected], BETA)
        losses.append(loss.item())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return losses, logits.detach().softmax(-1)


def draw(reference, say):
    losses, policy = measured(reference("alignment"))
    best = (REFERENCE.log() + REWARDS / BETA).softmax(-1)
    figure = Figure(figsize=(9.2, 3.6))
    loss, bars = figure.subplots(1, 2, width_ratios=(1, 1.4))
    loss.plot(losses, color="#1b5a8c")
    loss.axhline(torch.tensor(2.0).log().item(), color="#566072", linestyle="--", lw=1)
    loss.text(STEPS, 0.6945, "ln 2", ha="right", fontsize=9, color="#566072")
    loss.set(xlabel=say("step", "pas"), ylim=(0.6, 0.71))
    loss.set_yticks([0.6, 0.65, 0.7], [say(f"{y:.2f}", f"{y:.2f}".replace(".", ",")) for y in (0.6, 0.65, 0.7)])
    loss.set_title(say("DPO loss", "perte DPO"), fontsize=11)
    kinds = (
        (REFERENCE, "#d5d9e0", say("reference", "référence")),
        (best, "#b4531a", say("best of RLHF, computed", "optimum du RLHF, calculé")),
        (policy, "#9fc3e0", say("DPO, from pairs alone", "DPO, à partir des seules paires")),
    )
    for place, (shares, colour, label) in enumerate(kinds):
        bars.bar([x + 0.28 * place for x in range(6)], shares, 0.26, color=colour, label=label)
    bars.set_xticks([x + 0.28 for x in range(6)], [say(f"{r:+.1f}", f"{r:+.1f}".replace(".", ",")) for r in REWARDS])
    bars.set_xlabel(say("answers, by what people think of them", "réponses, selon l'avis des personnes"))
    bars.set_title(say("probability of each answer", "probabilité de chaque réponse"), fontsize=11)
    bars.set_yticks([0, 0.2, 0.4], [say(f"{n}%", f"{n} %") for n in (0, 20, 40)])
    bars.set(ylim=(0, 0.5))
    bars.legend(frameon=False, fontsize=9)
    figure.tight_layout()
    return figure
