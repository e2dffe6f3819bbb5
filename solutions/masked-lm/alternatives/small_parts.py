"""Small functions and a class for one span; flat tensors; products of matrices for the mean."""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import torch

NOTHING = -100


def is_special(ids, special):
    return (ids.unsqueeze(-1) == torch.tensor([*special.values()])).any(-1)


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    tables = []
    while len(tables) < 3:
        tables.append(rng(*ids.size()).flatten())
    chosen = ((tables[0] < p) & ~is_special(ids, special).flatten()).nonzero().squeeze(-1)
    flat = ids.flatten()
    labels = torch.full_like(flat, NOTHING).index_copy(0, chosen, flat[chosen])
    fate, word = tables[1][chosen], tables[2][chosen]
    kind = (fate >= 0.8).long() + (fate >= 0.9).long()
    masks = torch.full_like(chosen, special["[MASK]"])
    words = (word * vocab_size).floor().long()
    new = torch.stack([masks, words, flat[chosen]]).gather(0, kind[None])[0]
    return flat.index_copy(0, chosen, new).view_as(ids), labels.view_as(ids)


@dataclass(frozen=True, order=True)
class Span:
    start: int
    end: int

    def check(self, length):
        if self.start not in range(length) or self.end not in range(self.start + 1, length + 1):
            raise ValueError("span outside the text, or empty")


def span_corrupt(ids, spans, first_sentinel):
    ordered = sorted(Span(*span) for span in spans)
    for span in ordered:
        span.check(len(ids))
    for left, right in pairwise(ordered):
        if right.start < left.end:
            raise ValueError("overlap")
    inputs = ids.tolist()
    targets = [first_sentinel - len(ordered)]
    for position in range(len(ordered) - 1, -1, -1):
        span, sentinel = ordered[position], first_sentinel - position
        targets = [sentinel, *inputs[span.start : span.end], *targets]
        inputs[span.start : span.end] = [sentinel]
    return torch.tensor(inputs, dtype=torch.long), torch.tensor(targets, dtype=torch.long)


def masked_mean_pool(hidden, mask):
    shut = torch.zeros_like(hidden)
    real = mask.unsqueeze(2).expand_as(hidden)
    kept = torch.where(real, hidden, shut)
    total = (mask.to(hidden.dtype).unsqueeze(1) @ kept).squeeze(1)
    return total / (total.new_tensor([max(1, n) for n in mask.sum(1).tolist()])).unsqueeze(1)


def classification_logits(hidden, mask, weight, bias):
    return torch.addmm(bias, masked_mean_pool(hidden, mask), weight.t())


def macro_f1(predicted, gold):
    if len(predicted) == 0:
        raise ValueError("no prediction")
    said, true = Counter(predicted.tolist()), Counter(gold.tolist())
    both = Counter(g for g, p in zip(gold.tolist(), predicted.tolist(), strict=True) if g == p)
    scores = {c: both[c] / (said[c] + true[c]) * 2 for c in said.keys() | true.keys()}
    return sum(scores.values()) / len(scores)
