"""
loses: [corruption]
hint:
  en: >-
    Every chosen token becomes [MASK] in your version. What of the other 20 %?
  fr: >-
    Tout token choisi devient [MASK] chez vous. Et les 20 % restants ?
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, _, w = rng(*ids.shape), rng(*ids.shape), rng(*ids.shape)
    protected = torch.isin(ids, torch.tensor(list(special.values())))
    chosen = (u < p) & ~protected
    labels = torch.where(chosen, ids, torch.full_like(ids, -100))
    masks = chosen
    others = chosen & ~chosen
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, labels
