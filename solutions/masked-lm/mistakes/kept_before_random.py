"""
loses: [corruption]
hint:
  en: >-
    Random and unchanged tokens have changed places: 0.8 to 0.9 is random, the rest stays.
  fr: >-
    Le hasard et l'inchangé ont échangé leurs places : de 0,8 à 0,9, c'est le hasard ; le reste ne
    change pas.
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, v, w = rng(*ids.shape), rng(*ids.shape), rng(*ids.shape)
    protected = torch.isin(ids, torch.tensor(list(special.values())))
    chosen = (u < p) & ~protected
    labels = torch.where(chosen, ids, torch.full_like(ids, -100))
    masks = chosen & (v < 0.8)
    others = chosen & (v >= 0.9)
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, labels
