"""DPO as in its paper: the policy's log-ratio against the reference's; softplus and one-hot sums."""

import torch
import torch.nn.functional as F


def reward_loss(r_chosen, r_rejected):
    return F.softplus(r_rejected - r_chosen).sum() / r_chosen.numel()


def sequence_logps(logits, labels):
    scores = logits.to(torch.promote_types(torch.float32, logits.dtype))[:, :-1]
    asked = torch.narrow(labels, 1, 1, labels.size(1) - 1)
    void = asked.eq(-100)
    scores = scores.masked_fill(void.unsqueeze(-1), 0.0)
    hot = F.one_hot(asked.clamp(min=0), scores.size(-1)).to(torch.bool) & ~void.unsqueeze(-1)
    normaliser = scores.logsumexp(-1).masked_fill(void, 0.0)
    return scores.masked_fill(~hot, 0.0).sum((1, 2)) - normaliser.sum(1)


def implicit_rewards(policy, reference, beta):
    return torch.mul(policy.sub(reference.data), beta)


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta):
    policy_ratio = policy_chosen - policy_rejected
    reference_ratio = (reference_chosen - reference_rejected).detach()
    return F.softplus(-beta * (policy_ratio - reference_ratio)).mean()
