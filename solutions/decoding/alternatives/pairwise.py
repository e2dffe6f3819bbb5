"""Every token compared with every other: no sorting, both filters read off who is better than whom."""

import torch


def greedy(logits):
    best = logits == logits.max(dim=1, keepdim=True).values
    return torch.where(best, torch.arange(logits.size(1)), logits.size(1)).min(dim=1).values


def _better(logits):
    """[B, V, V]: is token j better than token i?"""
    return logits.unsqueeze(1) > logits.unsqueeze(2)


def _leave(logits, stays):
    return torch.where(stays, logits, float("-inf"))


def apply_temperature(logits, temperature):
    if temperature < 0:
        raise ValueError("negative temperature")
    if temperature > 0:
        return logits * (1 / temperature)
    return _leave(logits, torch.nn.functional.one_hot(greedy(logits), logits.size(1)) == 1)


def top_k_filter(logits, k):
    if k <= 0:
        raise ValueError("k must be positive")
    return _leave(logits, _better(logits).sum(dim=2) < k)


def top_p_filter(logits, p):
    if p < 0 or p > 1:
        raise ValueError("p must be a probability")
    better = _better(logits)
    mass = (better * torch.softmax(logits.double(), dim=1).unsqueeze(1)).sum(dim=2)
    return _leave(logits, (mass < p) | ~better.any(dim=2) | (torch.full_like(mass, p) == 1))


def next_token_probs(logits, temperature=1.0, top_k=None, top_p=None):
    logits = apply_temperature(logits, temperature)
    logits = top_k_filter(logits, logits.size(1) if top_k is None else top_k)
    return torch.softmax(top_p_filter(logits, 1 if top_p is None else top_p), dim=1)


def sample(probs, dice):
    earlier = torch.ones(probs.size(1), probs.size(1), dtype=torch.float64).triu(1)
    starts = probs.double() @ earlier
    begun = (probs > 0) & (starts <= dice.double().unsqueeze(1))
    return torch.where(begun, torch.arange(probs.size(1)), 0).max(dim=1).values


def generate(step, ids, dice, eos_id, temperature=1.0, top_k=None, top_p=None):
    new = ids[:, :0]
    while new.size(1) < dice.size(1) and not (new == eos_id).any(dim=1).all():
        probs = next_token_probs(step(torch.cat([ids, new], dim=1)), temperature, top_k, top_p)
        token = sample(probs, dice[:, new.size(1)])
        token[(new == eos_id).any(dim=1)] = eos_id
        new = torch.cat([new, token[:, None]], dim=1)
    return new
