"""
loses: [shift, ignore]
hint:
  en: >-
    Each row of logits is asked for the token it has just read. A model that copies its input would then pay
    nothing: which token should it be asked for?
  fr: >-
    On demande à chaque ligne de logits le token qu'elle vient de lire. Un modèle qui recopie son entrée ne
    paierait alors rien : quel token faut-il lui demander ?
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    asked, targets = wide[:, :-1], ids[:, :-1]
    counted = targets != ignore
    picked = torch.log_softmax(asked, dim=-1).gather(-1, targets.masked_fill(~counted, 0).unsqueeze(-1)).squeeze(-1)
    return (-picked).masked_fill(~counted, 0.0), counted
