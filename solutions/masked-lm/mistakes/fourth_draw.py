"""
loses: [shapes, corruption]
hint:
  en: >-
    You draw a table more than the rule says, between the second and the third: all that comes after is
    another number.
  fr: >-
    Vous tirez une table de plus que la règle, entre la deuxième et la troisième : tout ce qui suit est
    un autre nombre.
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, v, _, w = rng(*ids.shape), rng(*ids.shape), rng(*ids.shape), rng(*ids.shape)
    protected = torch.isin(ids, torch.tensor(list(special.values())))
    chosen = (u < p) & ~protected
    labels = torch.where(chosen, ids, torch.full_like(ids, -100))
    masks = chosen & (v < 0.8)
    others = chosen & (v >= 0.8) & (v < 0.9)
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, labels
