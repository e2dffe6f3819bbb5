"""
loses: [invariants]
hint:
  en: >-
    Your losses become NaN or infinite for large logits. Subtracting the same number from a row of logits
    changes no probability: which number keeps exp in range?
  fr: >-
    Vos pertes deviennent NaN ou infinies pour de grands logits. Retrancher un même nombre à une ligne de
    logits ne change aucune probabilité : quel nombre garde exp dans ses limites ?
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    asked, targets = wide[:, :-1], ids[:, 1:]
    counted = targets != ignore
    indices = targets.masked_fill(~counted, 0).unsqueeze(-1)

    asked = torch.where(counted[..., None], asked, 0.0)
    picked = torch.log(asked.exp() / asked.exp().sum(-1, keepdim=True)).gather(-1, indices).squeeze(-1)
    return (-picked).masked_fill(~counted, 0.0), counted
