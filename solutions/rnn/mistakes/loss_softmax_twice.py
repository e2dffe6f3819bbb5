"""
loses: [loss]
hint:
  en: >-
    You give probabilities to `cross_entropy`, which takes logits and applies the softmax itself.
  fr: >-
    Vous donnez des probabilités à `cross_entropy`, qui prend des logits et applique elle-même le softmax.
"""

import torch.nn.functional as F


def next_token_losses(ids, model, h0=None):
    logits, h_n = lm_forward(ids[:, :-1], model, h0)
    return F.cross_entropy(logits.softmax(dim=-1).transpose(1, 2), ids[:, 1:], reduction="none"), h_n
