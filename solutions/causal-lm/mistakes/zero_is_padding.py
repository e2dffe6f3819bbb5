"""
loses: [ignore]
hint:
  en: >-
    The token 0 is left out whatever `ignore` says. It is a token like any other, and padding may have
    another id.
  fr: >-
    Le token 0 est écarté quoi que dise `ignore`. C'est un token comme un autre, et le remplissage peut
    avoir un autre id.
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    asked, targets = wide[:, :-1], ids[:, 1:]
    counted = targets != ignore
    indices = targets.masked_fill(~counted, 0).unsqueeze(-1)
    logp = torch.log_softmax(asked, dim=-1)

    counted = counted & (targets != 0)
    picked = logp.gather(-1, indices).squeeze(-1)
    return (-picked).masked_fill(~counted, 0.0), counted
