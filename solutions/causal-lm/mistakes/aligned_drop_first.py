"""
loses: [shift, ignore]
hint:
  en: >-
    You dropped the first position of both: logits and tokens still face each other unshifted.
  fr: >-
    Vous avez retiré la première position des deux côtés : logits et tokens se font toujours face sans
    décalage.
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    asked, targets = wide[:, 1:], ids[:, 1:]
    counted = targets != ignore
    picked = torch.log_softmax(asked, dim=-1).gather(-1, targets.masked_fill(~counted, 0).unsqueeze(-1)).squeeze(-1)
    return (-picked).masked_fill(~counted, 0.0), counted
