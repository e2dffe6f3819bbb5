"""
loses: [chosen]
hint:
  en: >-
    Where nothing is to be guessed your labels say 0, which is an id like any other. Which number do
    losses skip?
  fr: >-
    Là où il n'y a rien à deviner, vos labels disent 0, qui est un id comme un autre. Quel nombre les
    pertes sautent-elles ?
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, v, w = rng(*ids.shape), rng(*ids.shape), rng(*ids.shape)
    protected = torch.isin(ids, torch.tensor(list(special.values())))
    chosen = (u < p) & ~protected
    labels = ids * chosen
    masks = chosen & (v < 0.8)
    others = chosen & (v >= 0.8) & (v < 0.9)
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, labels
