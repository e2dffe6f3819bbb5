"""
loses: [chosen]
hint:
  en: >-
    Special tokens are chosen like others: the model must guess its own padding.
  fr: >-
    Les tokens spéciaux sont choisis comme les autres : le modèle doit deviner son propre remplissage.
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, v, w = rng(*ids.shape), rng(*ids.shape), rng(*ids.shape)
    chosen = u < p
    labels = torch.where(chosen, ids, torch.full_like(ids, -100))
    masks = chosen & (v < 0.8)
    others = chosen & (v >= 0.8) & (v < 0.9)
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, labels
