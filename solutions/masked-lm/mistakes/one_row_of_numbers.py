"""
loses: [shapes, chosen, corruption]
hint:
  en: >-
    You draw numbers for one row only, and every text of the batch has its holes at the same places.
  fr: >-
    Vous ne tirez des nombres que pour une ligne, et tous les textes du lot ont leurs trous aux mêmes
    places.
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, v, w = (rng(1, ids.shape[1]).expand(ids.shape) for _ in range(3))
    protected = torch.isin(ids, torch.tensor(list(special.values())))
    chosen = (u < p) & ~protected
    labels = torch.where(chosen, ids, torch.full_like(ids, -100))
    masks = chosen & (v < 0.8)
    others = chosen & (v >= 0.8) & (v < 0.9)
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, labels
