"""
loses: [shapes]
hint:
  en: >-
    You write [MASK] into the ids that you were given: the next epoch finds a text full of holes.
  fr: >-
    Vous écrivez [MASK] dans les ids reçus : l'époque suivante trouvera un texte plein de trous.
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
    ids[masks] = special["[MASK]"]
    ids[others] = words[others]
    return ids, labels
