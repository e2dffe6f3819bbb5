"""
loses: [shapes, chosen, corruption]
hint:
  en: >-
    You draw from a generator of your own, not from `rng`: nobody can say in advance what you choose.
  fr: >-
    Vous tirez d'un générateur à vous, pas de `rng` : personne ne peut dire d'avance ce que vous
    choisirez.
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    g = torch.Generator().manual_seed(0)
    u, v, w = (torch.rand(*ids.shape, generator=g) for _ in range(3))
    protected = torch.isin(ids, torch.tensor(list(special.values())))
    chosen = (u < p) & ~protected
    labels = torch.where(chosen, ids, torch.full_like(ids, -100))
    masks = chosen & (v < 0.8)
    others = chosen & (v >= 0.8) & (v < 0.9)
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, labels
