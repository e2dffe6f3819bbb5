"""
loses: [invariants]
hint:
  en: >-
    You write 0 over the ids to be ignored, in the caller's own tensor: the next pass will take them for
    tokens.
  fr: >-
    Vous écrivez 0 sur les ids à ignorer, dans le tenseur même de l'appelant : le prochain passage les
    prendra pour des tokens.
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    asked, targets = wide[:, :-1], ids[:, 1:]
    counted = targets != ignore
    targets[~counted] = 0
    picked = torch.log_softmax(asked, dim=-1).gather(-1, targets.unsqueeze(-1)).squeeze(-1)
    return (-picked).masked_fill(~counted, 0.0), counted
