"""
loses: [ignore]
hint:
  en: >-
    Padding is counted like any token. Where the target is `ignore`, counted is False and the loss 0.
  fr: >-
    Le remplissage compte comme tout autre token. Là où la cible vaut `ignore`, counted vaut False et la
    perte 0.
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    asked, targets = wide[:, :-1], ids[:, 1:]
    counted = targets != ignore
    logp = torch.log_softmax(asked, dim=-1)

    picked = logp.gather(-1, (targets % wide.shape[-1]).unsqueeze(-1)).squeeze(-1)
    return -picked, torch.ones_like(counted)
