"""
loses: [corruption]
hint:
  en: >-
    You give the lowest numbers to the random tokens. The rule begins with [MASK].
  fr: >-
    Vous donnez les plus petits nombres aux tokens au hasard. La règle commence par [MASK].
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, v, w = rng(*ids.shape), rng(*ids.shape), rng(*ids.shape)
    protected = torch.isin(ids, torch.tensor(list(special.values())))
    chosen = (u < p) & ~protected
    labels = torch.where(chosen, ids, torch.full_like(ids, -100))
    masks = chosen & (v >= 0.1) & (v < 0.9)
    others = chosen & (v < 0.1)
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, labels
