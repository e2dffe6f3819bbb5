"""
loses: [corruption]
hint:
  en: >-
    You take the second table for the random words and the third for the decision: it is the other way
    round.
  fr: >-
    Vous prenez la deuxième table pour les mots au hasard et la troisième pour la décision : c'est
    l'inverse.
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, w, v = rng(*ids.shape), rng(*ids.shape), rng(*ids.shape)
    protected = torch.isin(ids, torch.tensor(list(special.values())))
    chosen = (u < p) & ~protected
    labels = torch.where(chosen, ids, torch.full_like(ids, -100))
    masks = chosen & (v < 0.8)
    others = chosen & (v >= 0.8) & (v < 0.9)
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, labels
