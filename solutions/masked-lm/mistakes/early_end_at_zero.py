"""
loses: [shapes]
hint:
  en: >-
    For p = 0 you return before drawing: rng then stands elsewhere than after any other batch.
  fr: >-
    Pour p = 0, vous renvoyez avant de tirer : rng n'en est alors pas où il en serait après tout autre
    lot.
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    if p == 0:
        return ids.clone(), torch.full_like(ids, -100)
    u, v, w = rng(*ids.shape), rng(*ids.shape), rng(*ids.shape)
    protected = torch.isin(ids, torch.tensor(list(special.values())))
    chosen = (u < p) & ~protected
    labels = torch.where(chosen, ids, torch.full_like(ids, -100))
    masks = chosen & (v < 0.8)
    others = chosen & (v >= 0.8) & (v < 0.9)
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, labels
