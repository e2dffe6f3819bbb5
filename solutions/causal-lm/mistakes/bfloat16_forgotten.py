"""
loses: [shapes]
hint:
  en: >-
    float16 is converted, bfloat16 is not. Both have half precision.
  fr: >-
    float16 est converti, bfloat16 ne l'est pas. Tous deux sont en demi-précision.
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    targets = ids[:, 1:]
    counted = targets != ignore
    indices = targets.masked_fill(~counted, 0).unsqueeze(-1)

    narrow = logits if logits.dtype == torch.bfloat16 else wide
    logp = torch.log_softmax(narrow[:, :-1], dim=-1)
    return (-logp.gather(-1, indices).squeeze(-1)).masked_fill(~counted, 0.0), counted
