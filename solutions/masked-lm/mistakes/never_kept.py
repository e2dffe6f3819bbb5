"""
loses: [corruption]
hint:
  en: >-
    All that does not become [MASK] becomes a random token; a tenth of the chosen should stay as it is.
  fr: >-
    Tout ce qui ne devient pas [MASK] devient un token au hasard ; un dixième des tokens choisis doit
    rester tel quel.
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, v, w = rng(*ids.shape), rng(*ids.shape), rng(*ids.shape)
    protected = torch.isin(ids, torch.tensor(list(special.values())))
    chosen = (u < p) & ~protected
    labels = torch.where(chosen, ids, torch.full_like(ids, -100))
    masks = chosen & (v < 0.8)
    others = chosen & (v >= 0.8)
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, labels
