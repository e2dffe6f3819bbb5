"""
loses: [loss]
hint:
  en: >-
    You shift the wrong way: each prediction is compared with the token before the one just read. The next one is to
    be predicted.
  fr: >-
    Vous décalez dans le mauvais sens : chaque prédiction est comparée au token qui précède celui qu'on vient de
    lire. C'est le suivant qu'il faut prédire.
"""

import torch.nn.functional as F


def next_token_losses(ids, model, h0=None):
    logits, h_n = lm_forward(ids[:, 1:], model, h0)
    return F.cross_entropy(logits.transpose(1, 2), ids[:, :-1], reduction="none"), h_n
