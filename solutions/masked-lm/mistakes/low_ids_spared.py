"""
loses: [chosen]
hint:
  en: >-
    You take the lowest ids for the special ones. They may be any: look into the values of `special`.
  fr: >-
    Vous prenez les plus petits ids pour les spéciaux. Ils peuvent être quelconques : voyez les valeurs
    de `special`.
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, v, w = rng(*ids.shape), rng(*ids.shape), rng(*ids.shape)
    protected = ids < len(special)
    chosen = (u < p) & ~protected
    labels = torch.where(chosen, ids, torch.full_like(ids, -100))
    masks = chosen & (v < 0.8)
    others = chosen & (v >= 0.8) & (v < 0.9)
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, labels
