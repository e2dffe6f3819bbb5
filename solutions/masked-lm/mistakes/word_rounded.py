"""
loses: [corruption]
hint:
  en: >-
    You round the random word to the nearest id; the largest would then lie outside the vocabulary.
    Round down.
  fr: >-
    Vous arrondissez le mot au hasard à l'id le plus proche ; le plus grand sortirait alors du
    vocabulaire. Arrondissez vers le bas.
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, v, w = rng(*ids.shape), rng(*ids.shape), rng(*ids.shape)
    protected = torch.isin(ids, torch.tensor(list(special.values())))
    chosen = (u < p) & ~protected
    labels = torch.where(chosen, ids, torch.full_like(ids, -100))
    masks = chosen & (v < 0.8)
    others = chosen & (v >= 0.8) & (v < 0.9)
    words = (w * vocab_size).round().long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, labels
