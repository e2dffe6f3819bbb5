"""
loses: [ignore]
hint:
  en: >-
    You ask that both tokens of a prediction be real. With padding on the left, the first real token is
    predicted from padding, and counts: only the target decides.
  fr: >-
    Vous exigez que les deux tokens d'une prédiction soient réels. Avec un remplissage à gauche, le premier
    vrai token est prédit à partir de remplissage, et compte : seule la cible décide.
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    asked, targets = wide[:, :-1], ids[:, 1:]
    counted = targets != ignore
    indices = targets.masked_fill(~counted, 0).unsqueeze(-1)
    logp = torch.log_softmax(asked, dim=-1)

    counted = counted & (ids[:, :-1] != ignore)
    picked = logp.gather(-1, indices).squeeze(-1)
    return (-picked).masked_fill(~counted, 0.0), counted
