"""Nested loops over sequences and positions, one scalar at a time."""

import math

import torch


def make_blocks(ids, k):
    if k <= 0:
        raise ValueError("k must be positive")
    rows = []
    start = 0
    while start + k <= ids.shape[0]:
        rows.append(ids[start : start + k].tolist())
        start += k
    return torch.tensor(rows, dtype=torch.int64).reshape(len(rows), k)


def next_token_losses(logits, ids, ignore=-100):
    kind = torch.float64 if logits.dtype == torch.float64 else torch.float32
    all_losses, all_counted = [], []
    for b in range(ids.shape[0]):
        for t in range(1, ids.shape[1]):
            target = int(ids[b, t])
            if target == ignore:
                all_losses.append(torch.zeros((), dtype=kind))
                all_counted.append(False)
            else:
                scores = logits[b, t - 1].to(kind)
                top = scores.max().item()
                all_losses.append(torch.log(torch.exp(scores - top).sum()) + top - scores[target])
                all_counted.append(True)
    size = (ids.shape[0], ids.shape[1] - 1)
    losses = torch.stack(all_losses) if all_losses else torch.zeros(0, dtype=kind)
    return losses.reshape(size), torch.tensor(all_counted, dtype=torch.bool).reshape(size)


def lm_loss(logits, ids, ignore=-100):
    losses, counted = next_token_losses(logits, ids, ignore)
    total, number = losses.new_zeros(()), 0
    for price, keep in zip(losses.flatten(), counted.flatten().tolist(), strict=True):
        if keep:
            total = total + price
            number += 1
    return total / number if number else total


def perplexity(batches, ignore=-100):
    prices = []
    for logits, ids in batches:
        losses, counted = next_token_losses(logits, ids, ignore)
        prices += [p for p, keep in zip(losses.flatten().tolist(), counted.flatten().tolist(), strict=True) if keep]
    if not prices:
        raise ValueError("nothing to predict")
    mean = math.fsum(prices) / len(prices)
    return math.exp(mean) if mean < 709.78 else float("inf")
