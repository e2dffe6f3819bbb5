"""
loses: [chosen]
hint:
  en: >-
    A [MASK] that already stands in the text is chosen in your version: what it hid cannot be known.
  fr: >-
    Un [MASK] déjà présent dans le texte peut être choisi chez vous : ce qu'il cachait ne peut pas se
    savoir.
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, v, w = rng(*ids.shape), rng(*ids.shape), rng(*ids.shape)
    protected = torch.isin(ids, torch.tensor([i for name, i in special.items() if name != "[MASK]"]).long())
    chosen = (u < p) & ~protected
    labels = torch.where(chosen, ids, torch.full_like(ids, -100))
    masks = chosen & (v < 0.8)
    others = chosen & (v >= 0.8) & (v < 0.9)
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, labels
