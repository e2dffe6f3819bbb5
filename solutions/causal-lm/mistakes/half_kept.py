"""
loses: [shapes]
hint:
  en: >-
    Half-precision logits are computed with as they are. They are to be converted to float32 first.
  fr: >-
    Les logits en demi-précision sont utilisés tels quels. Il faut d'abord les convertir en float32.
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    targets = ids[:, 1:]
    counted = targets != ignore
    indices = targets.masked_fill(~counted, 0).unsqueeze(-1)

    logp = torch.log_softmax(logits[:, :-1], dim=-1)
    return (-logp.gather(-1, indices).squeeze(-1)).masked_fill(~counted, 0.0), counted
