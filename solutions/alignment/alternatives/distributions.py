"""torch.distributions for the tokens and the preference, gathered from both ends of each answer."""

import torch
from torch.distributions import Bernoulli, Categorical


def reward_loss(r_chosen, r_rejected):
    preference = Bernoulli(logits=r_chosen - r_rejected, validate_args=False)
    return -preference.log_prob(torch.ones_like(r_chosen)).mean()


def sequence_logps(logits, labels):
    wide = logits if logits.dtype.itemsize >= 4 else logits.to(torch.float32)
    asked = torch.roll(labels, shifts=-1, dims=1)
    asked[:, -1] = -100
    nobody = asked == -100
    safe = torch.where(nobody.unsqueeze(-1), torch.zeros_like(wide), wide)
    spoken = Categorical(logits=safe, validate_args=False).log_prob(torch.where(nobody, 0, asked))
    return torch.where(nobody, torch.zeros_like(spoken), spoken).sum(dim=1)


def implicit_rewards(policy, reference, beta):
    gain = policy - torch.tensor(reference.detach().numpy())
    return beta * gain


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta):
    pairs = ((policy_chosen, reference_chosen), (policy_rejected, reference_rejected))
    winners, losers = (implicit_rewards(policy, reference, beta) for policy, reference in pairs)
    return reward_loss(winners, losers)
