"""
loses: [teacher-forcing]
hint:
  en: >-
    You also read the last token of the target: nothing comes after it to predict.
  fr: >-
    Vous lisez aussi le dernier token de la cible : rien ne le suit qu'on puisse prédire.
"""

import torch


def teacher_forced(target, s, enc, mask, p):
    steps = []
    for y in target.unbind(1):
        logits, s, weights = decoder_step(y, s, enc, mask, p)
        steps.append((logits, weights))
    logits, weights = (torch.stack(each, dim=1) for each in zip(*steps, strict=True))
    return logits, weights
