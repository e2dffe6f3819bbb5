"""
loses: [shift, ignore]
hint:
  en: >-
    Your probabilities sum to 1 over the positions of a sequence, not over the tokens of the vocabulary.
    Which dimension holds the vocabulary?
  fr: >-
    Vos probabilités somment à 1 sur les positions d'une séquence et non sur les tokens du vocabulaire.
    Quelle dimension porte le vocabulaire ?
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    asked, targets = wide[:, :-1], ids[:, 1:]
    counted = targets != ignore
    indices = targets.masked_fill(~counted, 0).unsqueeze(-1)

    picked = torch.log_softmax(asked, dim=1).gather(-1, indices).squeeze(-1)
    return (-picked).masked_fill(~counted, 0.0), counted
