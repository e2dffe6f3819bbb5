"""
loses: [shapes]
hint:
  en: >-
    Half-precision losses are converted at the end, when the precision is gone already. Convert the logits,
    before anything is computed.
  fr: >-
    Les pertes en demi-précision sont converties à la fin, quand la précision est déjà perdue. Convertissez
    les logits, avant tout calcul.
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    targets = ids[:, 1:]
    counted = targets != ignore
    indices = targets.masked_fill(~counted, 0).unsqueeze(-1)

    logp = torch.log_softmax(logits[:, :-1], dim=-1).to(wide.dtype)
    return (-logp.gather(-1, indices).squeeze(-1)).masked_fill(~counted, 0.0), counted
