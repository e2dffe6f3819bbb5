"""One pair, one row and one token at a time."""

import torch


def reward_loss(r_chosen, r_rejected):
    total = torch.zeros((), dtype=r_chosen.dtype)
    for winner, loser in zip(r_chosen, r_rejected, strict=True):
        gap = loser - winner
        total = total + (gap + torch.log1p(torch.exp(-gap)) if gap > 0 else torch.log1p(torch.exp(gap)))
    return total / len(r_chosen)


def sequence_logps(logits, labels):
    kind = torch.float64 if logits.dtype == torch.float64 else torch.float32
    rows = []
    for scores, row in zip(logits, labels.tolist(), strict=True):
        known = torch.zeros((), dtype=kind)
        for before, token in zip(scores, row[1:], strict=False):
            if token == -100:
                continue
            line = before.to(kind)
            known = known + line[token] - torch.logsumexp(line, 0)
        rows.append(known)
    return torch.stack(rows)


def implicit_rewards(policy, reference, beta):
    frozen = reference.tolist()
    return torch.stack([beta * (mine - old) for mine, old in zip(policy, frozen, strict=True)])


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta):
    costs = []
    for c, r, old_c, old_r in zip(
        policy_chosen, policy_rejected, reference_chosen.tolist(), reference_rejected.tolist(), strict=True
    ):
        margin = beta * ((c - old_c) - (r - old_r))
        costs.append(torch.logaddexp(torch.zeros_like(margin), -margin))
    return sum(costs) / len(costs)
