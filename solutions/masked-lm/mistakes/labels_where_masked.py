"""
loses: [chosen]
hint:
  en: >-
    Your labels ask only for what became [MASK], not for the chosen tokens that became another word or
    stayed.
  fr: >-
    Vos labels ne demandent que ce qui est devenu [MASK], pas les tokens choisis qui sont restés ou
    devenus un autre mot.
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, v, w = rng(*ids.shape), rng(*ids.shape), rng(*ids.shape)
    protected = torch.isin(ids, torch.tensor(list(special.values())))
    chosen = (u < p) & ~protected
    masks = chosen & (v < 0.8)
    others = chosen & (v >= 0.8) & (v < 0.9)
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, ids.masked_fill(~masks, -100)
