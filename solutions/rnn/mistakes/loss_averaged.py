"""
loses: [loss]
hint:
  en: >-
    You return one mean. One loss per prediction is asked for: the mean must be taken over the whole text, later.
  fr: >-
    Vous renvoyez une seule moyenne. On demande une perte par prédiction : la moyenne se prendra plus tard, sur tout
    le texte.
"""

import torch.nn.functional as F


def next_token_losses(ids, model, h0=None):
    logits, h_n = lm_forward(ids[:, :-1], model, h0)
    return F.cross_entropy(logits.transpose(1, 2), ids[:, 1:]), h_n
