"""
loses: [shift, ignore]
hint:
  en: >-
    A reshape after a transpose does not put the dimensions back: scores of several positions end up in one
    row. Keep the vocabulary last.
  fr: >-
    Un `reshape` après une transposition ne remet pas les dimensions en place : les scores de plusieurs
    positions finissent dans une même ligne. Gardez le vocabulaire en dernier.
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    asked, targets = wide[:, :-1], ids[:, 1:]
    counted = targets != ignore
    indices = targets.masked_fill(~counted, 0).unsqueeze(-1)

    mixed = torch.where(counted[..., None], asked, 0.0).transpose(1, 2).reshape(asked.shape)
    picked = torch.log_softmax(mixed, dim=-1).gather(-1, indices).squeeze(-1)
    return (-picked).masked_fill(~counted, 0.0), counted
