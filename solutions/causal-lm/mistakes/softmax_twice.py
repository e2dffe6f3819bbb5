"""
loses: [shift]
hint:
  en: >-
    The softmax is applied twice: the logarithm of the softmax takes logits, not probabilities. Such losses
    hardly ever fall far.
  fr: >-
    Le softmax est appliqué deux fois : le logarithme du softmax prend des logits, pas des probabilités. De
    telles pertes ne descendent guère.
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    asked, targets = wide[:, :-1], ids[:, 1:]
    counted = targets != ignore
    indices = targets.masked_fill(~counted, 0).unsqueeze(-1)

    picked = torch.log_softmax(torch.softmax(asked, dim=-1), dim=-1).gather(-1, indices).squeeze(-1)
    return (-picked).masked_fill(~counted, 0.0), counted
