"""
loses: [chosen]
hint:
  en: >-
    You spare the special tokens of four names that you know. Every id in `special` counts, whatever its
    name.
  fr: >-
    Vous épargnez les tokens spéciaux de quatre noms connus. Tout id de `special` compte, quel que soit
    son nom.
"""

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    u, v, w = rng(*ids.shape), rng(*ids.shape), rng(*ids.shape)
    known = [special[n] for n in ("[PAD]", "[CLS]", "[SEP]", "[MASK]") if n in special]
    protected = torch.isin(ids, torch.tensor(known))
    chosen = (u < p) & ~protected
    labels = torch.where(chosen, ids, torch.full_like(ids, -100))
    masks = chosen & (v < 0.8)
    others = chosen & (v >= 0.8) & (v < 0.9)
    words = (w * vocab_size).long()
    inputs = torch.where(masks, torch.full_like(ids, special["[MASK]"]), torch.where(others, words, ids))
    return inputs, labels
