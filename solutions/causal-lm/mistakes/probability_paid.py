"""
loses: [shift]
hint:
  en: >-
    Your losses are minus the probabilities of the targets. The price of a prediction is minus the logarithm
    of its probability.
  fr: >-
    Vos pertes sont l'opposé des probabilités des cibles. Le prix d'une prédiction est l'opposé du
    logarithme de sa probabilité.
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    asked, targets = wide[:, :-1], ids[:, 1:]
    counted = targets != ignore
    indices = targets.masked_fill(~counted, 0).unsqueeze(-1)

    picked = torch.softmax(asked, dim=-1).gather(-1, indices).squeeze(-1)
    return (-picked).masked_fill(~counted, 0.0), counted
