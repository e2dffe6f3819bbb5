"""
loses: [shift, ignore]
hint:
  en: >-
    The shift is made on all sequences laid end to end and then cut: look at which row each prediction comes
    from.
  fr: >-
    Le décalage est fait sur toutes les séquences mises bout à bout, puis recoupées : regardez de quelle
    ligne vient chaque prédiction.
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    flat = wide.reshape(-1, wide.shape[-1])
    b, t = ids.shape
    asked = flat[: b * (t - 1)].reshape(b, t - 1, flat.shape[-1])
    targets = ids.reshape(-1)[b:].reshape(b, t - 1)

    counted = targets != ignore
    picked = torch.log_softmax(asked, dim=-1).gather(-1, targets.masked_fill(~counted, 0).unsqueeze(-1)).squeeze(-1)
    return (-picked).masked_fill(~counted, 0.0), counted
