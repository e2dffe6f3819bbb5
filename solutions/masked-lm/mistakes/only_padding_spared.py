"""
loses: [chosen]
hint:
  en: >-
    You spare [PAD] only; [CLS], [SEP] and all others of `special` are not to be chosen either.
  fr: >-
    Vous n'épargnez que [PAD] ; [CLS], [SEP] et tous les autres de `special` ne doivent pas être choisis
    non plus.
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, v, w = rng(*ids.shape), rng(*ids.shape), rng(*ids.shape)
    protected = ids == special.get("[PAD]", -1)
    chosen = (u < p) & ~protected
    labels = torch.where(chosen, ids, torch.full_like(ids, -100))
    masks = chosen & (v < 0.8)
    others = chosen & (v >= 0.8) & (v < 0.9)
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, labels
