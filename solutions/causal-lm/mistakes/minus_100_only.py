"""
loses: [ignore]
hint:
  en: >-
    You leave out -100 only. `ignore` is an argument: it may be the id of any token.
  fr: >-
    Vous n'écartez que -100. `ignore` est un argument : ce peut être l'id de n'importe quel token.
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    asked, targets = wide[:, :-1], ids[:, 1:]
    counted = targets != ignore
    logp = torch.log_softmax(asked, dim=-1)

    counted = targets != -100
    picked = logp.gather(-1, targets.clamp(0, wide.shape[-1] - 1).unsqueeze(-1)).squeeze(-1)
    return (-picked).masked_fill(~counted, 0.0), counted
