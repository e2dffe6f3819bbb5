"""
loses: [corruption]
hint:
  en: >-
    You give random tokens a tenth of what [MASK] left over: 2 % of the chosen, not 10 %.
  fr: >-
    Vous donnez aux tokens au hasard un dixième de ce que [MASK] a laissé : 2 % des tokens choisis, pas
    10 %.
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, v, w = rng(*ids.shape), rng(*ids.shape), rng(*ids.shape)
    protected = torch.isin(ids, torch.tensor(list(special.values())))
    chosen = (u < p) & ~protected
    labels = torch.where(chosen, ids, torch.full_like(ids, -100))
    masks = chosen & (v < 0.8)
    others = chosen & (v >= 0.8) & (v < 0.82)
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, labels
