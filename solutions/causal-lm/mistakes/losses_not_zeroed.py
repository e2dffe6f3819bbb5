"""
loses: [ignore]
hint:
  en: >-
    `counted` is right, but the losses of what does not count are not 0.
  fr: >-
    `counted` est juste, mais les pertes de ce qui ne compte pas ne valent pas 0.
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    asked, targets = wide[:, :-1], ids[:, 1:]
    counted = targets != ignore
    indices = targets.masked_fill(~counted, 0).unsqueeze(-1)
    logp = torch.log_softmax(asked, dim=-1)

    return -logp.gather(-1, indices).squeeze(-1), counted
