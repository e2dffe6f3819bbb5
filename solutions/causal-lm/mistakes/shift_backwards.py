"""
loses: [shift, ignore]
hint:
  en: >-
    Your shift goes the other way: each row of logits is asked for the token before the one it has read.
  fr: >-
    Votre décalage va dans l'autre sens : on demande à chaque ligne de logits le token qui précède celui
    qu'elle a lu.
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    asked, targets = wide[:, 1:], ids[:, :-1]
    counted = targets != ignore
    picked = torch.log_softmax(asked, dim=-1).gather(-1, targets.masked_fill(~counted, 0).unsqueeze(-1)).squeeze(-1)
    return (-picked).masked_fill(~counted, 0.0), counted
