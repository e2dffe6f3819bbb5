"""
loses: [shapes, corruption]
hint:
  en: >-
    One number both chooses a token and decides what becomes of it: a chosen one has a small number, so
    it always turns into [MASK].
  fr: >-
    Un même nombre choisit un token et décide de son sort : un token choisi en a un petit, il devient
    donc toujours [MASK].
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, w = rng(*ids.shape), rng(*ids.shape)
    v = u
    protected = torch.isin(ids, torch.tensor(list(special.values())))
    chosen = (u < p) & ~protected
    labels = torch.where(chosen, ids, torch.full_like(ids, -100))
    masks = chosen & (v < 0.8)
    others = chosen & (v >= 0.8) & (v < 0.9)
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, labels
