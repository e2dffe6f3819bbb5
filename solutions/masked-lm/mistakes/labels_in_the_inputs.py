"""
loses: [corruption]
hint:
  en: >-
    You write -100 into the inputs where a token is hidden. That number is for labels; the model reads
    ids.
  fr: >-
    Vous écrivez -100 dans les entrées là où un token est caché. Ce nombre est pour les labels ; le
    modèle lit des ids.
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, v, w = rng(*ids.shape), rng(*ids.shape), rng(*ids.shape)
    protected = torch.isin(ids, torch.tensor(list(special.values())))
    chosen = (u < p) & ~protected
    labels = torch.where(chosen, ids, torch.full_like(ids, -100))
    masks = chosen & (v < 0.8)
    others = chosen & (v >= 0.8) & (v < 0.9)
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, -100), torch.where(others, words, ids))
    return inputs, labels
