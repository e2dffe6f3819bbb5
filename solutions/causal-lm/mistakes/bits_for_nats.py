"""
loses: [shift]
hint:
  en: >-
    Your losses are in bits. This lab counts in nats, as every library does: which base has its logarithm?
  fr: >-
    Vos pertes sont en bits. Ce TP compte en nats, comme toutes les bibliothèques : quelle est la base de
    leur logarithme ?
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    asked, targets = wide[:, :-1], ids[:, 1:]
    counted = targets != ignore
    indices = targets.masked_fill(~counted, 0).unsqueeze(-1)

    picked = torch.log_softmax(asked, dim=-1).gather(-1, indices).squeeze(-1) / 0.6931471805599453
    return (-picked).masked_fill(~counted, 0.0), counted
