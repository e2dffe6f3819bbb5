"""
loses: [shapes]
hint:
  en: >-
    You ask rng for one long row of numbers. The rule asks for the shape of ids, three times.
  fr: >-
    Vous demandez à rng une longue ligne de nombres. La règle demande la forme de ids, trois fois.
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, v, w = (rng(ids.numel()).reshape(ids.shape) for _ in range(3))
    protected = torch.isin(ids, torch.tensor(list(special.values())))
    chosen = (u < p) & ~protected
    labels = torch.where(chosen, ids, torch.full_like(ids, -100))
    masks = chosen & (v < 0.8)
    others = chosen & (v >= 0.8) & (v < 0.9)
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, labels
