"""Targets as one-hot rows, picked by a product; the padded rows are replaced before anything is computed."""

import torch
import torch.nn.functional as F


def make_blocks(ids, k):
    if k < 1:
        raise ValueError("k < 1")
    if len(ids) < k:
        return torch.empty(0, k, dtype=ids.dtype)
    return ids.unfold(0, k, k).clone()


def next_token_losses(logits, ids, ignore=-100):
    scores = logits.to(torch.promote_types(logits.dtype, torch.float32))[:, :-1, :]
    target = ids.roll(-1, dims=1)[:, :-1]
    void = torch.eq(target, ignore)
    scores = torch.where(void[..., None], torch.zeros_like(scores), scores)
    target = torch.where(void, torch.zeros_like(target), target)
    hot = F.one_hot(target, scores.size(-1)).bool()
    chosen = scores.masked_fill(~hot, 0).sum(-1)
    losses = torch.logsumexp(scores, dim=-1) - chosen
    return torch.where(void, torch.zeros_like(losses), losses), torch.logical_not(void)


def lm_loss(logits, ids, ignore=-100):
    losses, counted = next_token_losses(logits, ids, ignore)
    share = counted / max(int(counted.sum()), 1)
    return (losses * share.to(losses.dtype)).sum()


def perplexity(batches, ignore=-100):
    nats = torch.zeros((), dtype=torch.float64)
    number = torch.zeros((), dtype=torch.float64)
    for pair in batches:
        losses, counted = next_token_losses(*pair, ignore=ignore)
        nats += losses.double().sum()
        number += counted.sum()
    if not number:
        raise ValueError("perplexity of nothing")
    return float(torch.exp(nats / number))
