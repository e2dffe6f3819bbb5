"""
loses: [shapes]
hint:
  en: >-
    Your labels are decimal numbers. Ids are whole numbers: a loss looks them up in a table.
  fr: >-
    Vos labels sont des nombres décimaux. Les ids sont entiers : une perte s'en sert d'indices.
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, v, w = rng(*ids.shape), rng(*ids.shape), rng(*ids.shape)
    protected = torch.isin(ids, torch.tensor(list(special.values())))
    chosen = (u < p) & ~protected
    labels = torch.where(chosen, ids.double(), -100.0)
    masks = chosen & (v < 0.8)
    others = chosen & (v >= 0.8) & (v < 0.9)
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, labels
