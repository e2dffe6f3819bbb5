"""
loses: [corruption]
hint:
  en: >-
    Your random words are spread over one id less than the vocabulary has, so that its last word never
    comes.
  fr: >-
    Vos mots au hasard se répartissent sur un id de moins que n'en a le vocabulaire : son dernier mot ne
    sort jamais.
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, v, w = rng(*ids.shape), rng(*ids.shape), rng(*ids.shape)
    protected = torch.isin(ids, torch.tensor(list(special.values())))
    chosen = (u < p) & ~protected
    labels = torch.where(chosen, ids, torch.full_like(ids, -100))
    masks = chosen & (v < 0.8)
    others = chosen & (v >= 0.8) & (v < 0.9)
    words = (w * (vocab_size - 1)).long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, labels
