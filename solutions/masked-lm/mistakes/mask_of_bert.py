"""
loses: [corruption]
hint:
  en: >-
    You wrote the id that [MASK] has in BERT's own vocabulary. Here `special` says which it is.
  fr: >-
    Vous avez écrit l'id de [MASK] dans le vocabulaire de BERT. Ici, c'est `special` qui le dit.
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, v, w = rng(*ids.shape), rng(*ids.shape), rng(*ids.shape)
    protected = torch.isin(ids, torch.tensor(list(special.values())))
    chosen = (u < p) & ~protected
    labels = torch.where(chosen, ids, torch.full_like(ids, -100))
    masks = chosen & (v < 0.8)
    others = chosen & (v >= 0.8) & (v < 0.9)
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, 103), torch.where(others, words, ids))
    return inputs, labels
