"""
loses: [chosen]
hint:
  en: >-
    A chosen token that stays as it is must be guessed too; your labels leave it out.
  fr: >-
    Un token choisi qui reste tel quel est à deviner aussi ; vos labels l'oublient.
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, v, w = rng(*ids.shape), rng(*ids.shape), rng(*ids.shape)
    protected = torch.isin(ids, torch.tensor(list(special.values())))
    chosen = (u < p) & ~protected
    masks = chosen & (v < 0.8)
    others = chosen & (v >= 0.8) & (v < 0.9)
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, ids.masked_fill(inputs == ids, -100)
