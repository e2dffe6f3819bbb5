"""
loses: [loss]
hint:
  en: >-
    Your `h_n` has read the last token too, so the next block, which begins with that token, reads it twice.
  fr: >-
    Votre `h_n` a lu aussi le dernier token : le bloc suivant, qui commence par lui, le lira donc deux fois.
"""

import torch.nn.functional as F


def next_token_losses(ids, model, h0=None):
    logits, h_n = lm_forward(ids, model, h0)
    return F.cross_entropy(logits[:, :-1].transpose(1, 2), ids[:, 1:], reduction="none"), h_n
