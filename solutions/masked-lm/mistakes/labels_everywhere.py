"""
loses: [chosen]
hint:
  en: >-
    Your labels hold every id: the model then pays for copying what it can see.
  fr: >-
    Vos labels contiennent tous les ids : le modèle paie alors pour recopier ce qu'il voit.
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, v, w = rng(*ids.shape), rng(*ids.shape), rng(*ids.shape)
    protected = torch.isin(ids, torch.tensor(list(special.values())))
    chosen = (u < p) & ~protected
    labels = ids.clone()
    masks = chosen & (v < 0.8)
    others = chosen & (v >= 0.8) & (v < 0.9)
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, labels
