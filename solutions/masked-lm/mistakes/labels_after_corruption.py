"""
loses: [chosen]
hint:
  en: >-
    Your labels are taken after the tokens were replaced: the answer to [MASK] is then [MASK].
  fr: >-
    Vos labels sont pris après le remplacement des tokens : la réponse à [MASK] est alors [MASK].
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
    return inputs, inputs.masked_fill(~chosen, -100)
