"""Clones that are written into through boolean indices, as model libraries do; cumulative sums for the spans."""

import torch
import torch.nn.functional as F


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    first = rng(ids.shape)
    second = rng(ids.shape)
    third = rng(ids.shape)
    protected = torch.zeros_like(ids, dtype=torch.bool)
    for number in special.values():
        protected |= ids == number
    probability = torch.full(ids.shape, float(p), dtype=first.dtype)
    probability[protected] = 0.0
    selected = torch.lt(first, probability)
    labels = ids.clone()
    labels[~selected] = -100
    inputs = ids.clone()
    replaced = selected & torch.lt(second, 0.8)
    inputs[replaced] = special["[MASK]"]
    swapped = selected & ~replaced & torch.lt(second, 0.9)
    inputs[swapped] = torch.floor(third * vocab_size).to(torch.int64)[swapped]
    return inputs, labels


def span_corrupt(ids, spans, first_sentinel):
    length, count = ids.shape[0], len(spans)
    cover = torch.zeros(length, dtype=torch.int64)
    starts = torch.zeros(length, dtype=torch.bool)
    for start, end in spans:
        if not 0 <= start < end <= length:
            raise ValueError(f"no such span: {start}, {end}")
        cover[start:end] += 1
        starts[start] = True
    if (cover > 1).any():
        raise ValueError("spans overlap")
    hidden = cover.bool()
    sentinels = first_sentinel + 1 - starts.long().cumsum(0)
    inputs = torch.where(starts, sentinels, ids)[~hidden | starts]
    pairs = torch.stack([sentinels, ids], dim=1)
    shown = torch.stack([starts, hidden], dim=1)
    return inputs, torch.cat([pairs[shown], torch.tensor([first_sentinel - count])])


def masked_mean_pool(hidden, mask):
    answer = hidden.new_zeros(hidden.shape[0], hidden.shape[2])
    filled = mask.any(dim=1)
    means = [vectors[real].mean(dim=0) for vectors, real in zip(hidden[filled], mask[filled], strict=True)]
    if means:
        answer[filled] = torch.stack(means)
    return answer


def classification_logits(hidden, mask, weight, bias):
    return F.linear(masked_mean_pool(hidden, mask), weight, bias)


def macro_f1(predicted, gold):
    if gold.numel() == 0:
        raise ValueError("empty")
    classes, where = torch.unique(torch.stack([predicted, gold]), return_inverse=True)
    size = len(classes)
    confusion = torch.bincount(where[0] * size + where[1], minlength=size * size).reshape(size, size).double()
    scores = 2 * confusion.diagonal() / (confusion.sum(0) + confusion.sum(1))
    return scores.mean().item()
