"""
loses: [corruption]
hint:
  en: >-
    A number of exactly 0.8 belongs to the random tokens, and one of 0.9 to those that stay.
  fr: >-
    Un nombre d'exactement 0,8 appartient aux tokens au hasard, et un de 0,9 à ceux qui restent.
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, v, w = rng(*ids.shape), rng(*ids.shape), rng(*ids.shape)
    protected = torch.isin(ids, torch.tensor(list(special.values())))
    chosen = (u < p) & ~protected
    labels = torch.where(chosen, ids, torch.full_like(ids, -100))
    masks = chosen & (v <= 0.8)
    others = chosen & (v > 0.8) & (v <= 0.9)
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, labels
