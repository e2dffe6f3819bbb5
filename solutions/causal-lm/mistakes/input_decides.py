"""
loses: [ignore]
hint:
  en: >-
    You leave out the predictions made from an ignored token. It is the target that decides, not the token
    just read.
  fr: >-
    Vous écartez les prédictions faites à partir d'un token ignoré. C'est la cible qui décide, pas le token
    qui vient d'être lu.
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    asked, targets = wide[:, :-1], ids[:, 1:]
    counted = targets != ignore
    logp = torch.log_softmax(asked, dim=-1)

    counted = ids[:, :-1] != ignore
    picked = logp.gather(-1, (targets % wide.shape[-1]).unsqueeze(-1)).squeeze(-1)
    return (-picked).masked_fill(~counted, 0.0), counted
