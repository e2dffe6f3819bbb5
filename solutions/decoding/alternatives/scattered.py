"""The way libraries go: sort, decide along the sorted row, scatter the decision back; equals joined afterwards."""

import torch


def greedy(logits):
    return torch.sort(logits, dim=-1, descending=True, stable=True).indices[..., 0]


def _remove(logits, removed):
    return logits.masked_fill(removed, -torch.inf)


def _scatter_back(kept_sorted, order, logits):
    """bool [B, V] in the order of ids, with every token that equals a kept one kept too."""
    kept = torch.zeros_like(kept_sorted).scatter(-1, order, kept_sorted)
    lowest = logits.masked_fill(~kept, torch.inf).amin(dim=-1, keepdim=True)
    return logits >= lowest


def apply_temperature(logits, temperature):
    if temperature < 0:
        raise ValueError(temperature)
    if not temperature:
        removed = torch.ones_like(logits, dtype=torch.bool)
        return _remove(logits, removed.scatter(-1, greedy(logits)[:, None], False))
    return torch.div(logits, temperature)


def top_k_filter(logits, k):
    if k < 1:
        raise ValueError(k)
    order = logits.argsort(dim=-1, descending=True)
    places = torch.arange(logits.shape[-1]).expand_as(logits)
    return _remove(logits, ~_scatter_back(places < k, order, logits))


def top_p_filter(logits, p):
    if not (0.0 <= p <= 1.0):
        raise ValueError(p)
    if p == 1.0:
        return logits.clone()
    ranked, order = torch.sort(logits, descending=True)
    probs = torch.log_softmax(ranked.double(), dim=-1).exp()
    before = probs.cumsum(dim=-1) - probs
    kept = before < p - 1e-12
    kept[:, 0] = True
    return _remove(logits, ~_scatter_back(kept, order, logits))


def next_token_probs(logits, temperature=1.0, top_k=None, top_p=None):
    settings = ((apply_temperature, temperature), (top_k_filter, top_k), (top_p_filter, top_p))
    for change, value in settings:
        if value is not None:
            logits = change(logits, value)
    return torch.log_softmax(logits, dim=-1).exp()


def sample(probs, dice):
    ends = probs.cumsum(dim=1)
    found = torch.searchsorted(ends, dice[:, None].to(ends.dtype), right=True)[:, 0]
    last = probs.shape[1] - 1 - (probs.flip(1) > 0).int().argmax(dim=1)
    return torch.where(found > last, last, found)


def generate(step, ids, dice, eos_id, temperature=1.0, top_k=None, top_p=None):
    B, P = ids.shape
    N = dice.shape[1]
    text = torch.cat([ids, torch.full((B, N), eos_id)], dim=1)
    going = torch.ones(B, dtype=torch.bool)
    n = 0
    while n < N and bool(going.any()):
        probs = next_token_probs(step(text[:, : P + n].clone()), temperature, top_k, top_p)
        drawn = sample(probs, dice[:, n])
        text[going, P + n] = drawn[going]
        going &= drawn != eos_id
        n += 1
    return text[:, P : P + n]
