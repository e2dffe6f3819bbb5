"""
loses: [shapes]
hint:
  en: >-
    float64 logits give float32 losses. Only half precision is to be converted.
  fr: >-
    Des logits en float64 donnent des pertes en float32. Seule la demi-précision est à convertir.
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    asked, targets = wide[:, :-1], ids[:, 1:]
    counted = targets != ignore
    indices = targets.masked_fill(~counted, 0).unsqueeze(-1)
    logp = torch.log_softmax(asked, dim=-1)

    return (-logp.gather(-1, indices).squeeze(-1)).masked_fill(~counted, 0.0).float(), counted
