"""
loses: [loss]
hint:
  en: >-
    Your losses are those of the tokens just read. Having read token t, the model has to predict token t + 1.
  fr: >-
    Vos pertes sont celles des tokens qu'on vient de lire. Après avoir lu le token t, le modèle doit prédire le
    token t + 1.
"""

import torch.nn.functional as F


def next_token_losses(ids, model, h0=None):
    logits, h_n = lm_forward(ids[:, :-1], model, h0)
    return F.cross_entropy(logits.transpose(1, 2), ids[:, :-1], reduction="none"), h_n
