"""A pair as a choice between two classes; tokens picked by advanced indexing of a flat list of positions."""

import torch


def reward_loss(r_chosen, r_rejected):
    both = torch.stack([r_chosen, r_rejected], dim=1)
    return both.log_softmax(dim=1)[:, 0].neg().mean()


def sequence_logps(logits, labels):
    if logits.dtype in (torch.half, torch.bfloat16):
        logits = logits.float()
    rows, places = (labels[:, 1:] != -100).nonzero(as_tuple=True)
    tokens = labels[rows, places + 1]
    picked = torch.log_softmax(logits[rows, places], dim=-1)[torch.arange(len(rows)), tokens]
    return torch.zeros(len(labels), dtype=logits.dtype).index_add(0, rows, picked)


def implicit_rewards(policy, reference, beta):
    with torch.no_grad():
        anchor = reference.clone()
    return policy * beta - anchor * beta


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta):
    chosen = implicit_rewards(policy_chosen, reference_chosen, beta)
    rejected = implicit_rewards(policy_rejected, reference_rejected, beta)
    return torch.stack([chosen, rejected], dim=1).log_softmax(dim=1).select(1, 0).neg().mean()
