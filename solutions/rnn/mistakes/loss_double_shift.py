"""
loses: [loss]
hint:
  en: >-
    You shift twice: each prediction is compared with the token after the next, and one is lost. Shift the inputs or
    the logits, not both.
  fr: >-
    Vous décalez deux fois : chaque prédiction est comparée au token d'après le suivant, et il s'en perd une.
    Décalez les entrées ou les logits, pas les deux.
"""

import torch.nn.functional as F


def next_token_losses(ids, model, h0=None):
    logits, h_n = lm_forward(ids[:, :-1], model, h0)
    return F.cross_entropy(logits[:, :-1].transpose(1, 2), ids[:, 2:], reduction="none"), h_n
