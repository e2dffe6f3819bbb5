"""
loses: [ignore]
hint:
  en: >-
    Ids to be ignored are used as indices, which fails for -100. Put a valid index there first, and throw
    the result away.
  fr: >-
    Les ids à ignorer servent d'indices, ce qui échoue pour -100. Mettez-y d'abord un indice valable, et
    jetez le résultat.
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    asked, targets = wide[:, :-1], ids[:, 1:]
    counted = targets != ignore
    logp = torch.log_softmax(asked, dim=-1)

    picked = logp.gather(-1, targets.unsqueeze(-1)).squeeze(-1)
    return (-picked).masked_fill(~counted, 0.0), counted
