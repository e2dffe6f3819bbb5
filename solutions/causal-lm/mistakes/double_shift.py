"""
loses: [shapes, shift, ignore]
hint:
  en: >-
    The shift is made twice: each position is asked for the token after the next one, and a prediction is
    lost. Labels come unshifted.
  fr: >-
    Le décalage est fait deux fois : on demande à chaque position le token qui suit le suivant, et une
    prédiction se perd. Les labels arrivent non décalés.
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    asked, targets = wide[:, :-2], ids[:, 2:]
    counted = targets != ignore
    picked = torch.log_softmax(asked, dim=-1).gather(-1, targets.masked_fill(~counted, 0).unsqueeze(-1)).squeeze(-1)
    return (-picked).masked_fill(~counted, 0.0), counted
