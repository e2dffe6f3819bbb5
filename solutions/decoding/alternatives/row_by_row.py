"""Plain Python for every decision, row by row; torch only carries the logits that are left."""

import math

import torch


def greedy(logits):
    return torch.tensor([row.index(max(row)) for row in logits.tolist()])


def _left(logits, chosen):
    """The logits of the ids in `chosen`, one set per row; -inf elsewhere."""
    stays = torch.tensor([[i in ids for i in range(logits.shape[1])] for ids in chosen])
    return torch.where(stays, logits, torch.tensor(-math.inf, dtype=logits.dtype))


def apply_temperature(logits, temperature):
    if temperature < 0:
        raise ValueError("a temperature is at least 0")
    if temperature == 0:
        return _left(logits, [{best} for best in greedy(logits).tolist()])
    return torch.stack([row / temperature for row in logits])


def top_k_filter(logits, k):
    if k < 1:
        raise ValueError("k is at least 1")
    chosen = []
    for row in logits.tolist():
        bar = sorted(row, reverse=True)[:k][-1]
        chosen.append({i for i, value in enumerate(row) if value >= bar})
    return _left(logits, chosen)


def top_p_filter(logits, p):
    if p < 0 or p > 1:
        raise ValueError("p lies between 0 and 1")
    chosen = []
    for row in logits.tolist():
        top = max(row)
        weights = [math.exp(value - top) for value in row]
        total, mass, ids = math.fsum(weights), 0.0, set()
        for value in sorted(set(row), reverse=True):
            if mass >= p and ids and p < 1:
                break
            equals = [i for i in range(len(row)) if row[i] == value]
            ids.update(equals)
            mass += math.fsum(weights[i] for i in equals) / total
        chosen.append(ids)
    return _left(logits, chosen)


def next_token_probs(logits, temperature=1.0, top_k=None, top_p=None):
    logits = apply_temperature(logits, temperature)
    logits = logits if top_k is None else top_k_filter(logits, top_k)
    logits = logits if top_p is None else top_p_filter(logits, top_p)
    weights = (logits - logits.max(dim=1, keepdim=True).values).exp()
    return weights / weights.sum(dim=1, keepdim=True)


def sample(probs, dice):
    ids = []
    for row, number in zip(probs.tolist(), dice.tolist(), strict=True):
        end, found = 0.0, None
        for i, probability in enumerate(row):
            end += probability
            if probability > 0:
                found = i
                if number < end:
                    break
        ids.append(found)
    return torch.tensor(ids)


def generate(step, ids, dice, eos_id, temperature=1.0, top_k=None, top_p=None):
    texts = ids.tolist()
    new = [[] for _ in texts]
    for t in range(dice.shape[1]):
        if all(eos_id in row for row in new):
            break
        logits = step(torch.tensor([text + row for text, row in zip(texts, new, strict=True)]))
        drawn = sample(next_token_probs(logits, temperature, top_k, top_p), dice[:, t]).tolist()
        for row, token in zip(new, drawn, strict=True):
            row.append(eos_id if eos_id in row else token)
    return torch.tensor(new, dtype=torch.int64).reshape(len(texts), -1)
