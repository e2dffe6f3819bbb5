"""
loses: [ignore]
hint:
  en: >-
    You multiply by 0 to leave losses out, but 0 times NaN or infinity is NaN. Replace them instead.
  fr: >-
    Vous multipliez par 0 pour écarter des pertes, mais 0 fois NaN ou l'infini fait NaN. Remplacez-les
    plutôt.
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    asked, targets = wide[:, :-1], ids[:, 1:]
    counted = targets != ignore
    indices = targets.masked_fill(~counted, 0).unsqueeze(-1)
    logp = torch.log_softmax(asked, dim=-1)

    return -logp.gather(-1, indices).squeeze(-1) * counted, counted
