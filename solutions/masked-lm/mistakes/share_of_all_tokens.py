"""
loses: [corruption]
hint:
  en: >-
    The 80 and 10 % are shares of the chosen tokens. You replace tokens everywhere in the text.
  fr: >-
    Les 80 et 10 % sont des parts des tokens choisis. Vous remplacez des tokens partout dans le texte.
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, v, w = rng(*ids.shape), rng(*ids.shape), rng(*ids.shape)
    protected = torch.isin(ids, torch.tensor(list(special.values())))
    chosen = (u < p) & ~protected
    labels = torch.where(chosen, ids, torch.full_like(ids, -100))
    masks = v < 0.8
    others = (v >= 0.8) & (v < 0.9)
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, labels
