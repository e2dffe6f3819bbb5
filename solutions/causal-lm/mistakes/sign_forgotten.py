"""
loses: [shift]
hint:
  en: >-
    Your losses are negative: minimising them would make the right tokens as unlikely as can be.
  fr: >-
    Vos pertes sont négatives : les minimiser rendrait les bons tokens aussi improbables que possible.
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    asked, targets = wide[:, :-1], ids[:, 1:]
    counted = targets != ignore
    indices = targets.masked_fill(~counted, 0).unsqueeze(-1)

    picked = torch.log_softmax(asked, dim=-1).gather(-1, indices).squeeze(-1)
    return picked.masked_fill(~counted, 0.0), counted
