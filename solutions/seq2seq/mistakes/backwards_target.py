"""
loses: [teacher-forcing]
hint:
  en: >-
    You read the target from its end.
  fr: >-
    Vous lisez la cible par la fin.
"""

import torch


def teacher_forced(target, s, enc, mask, p):
    steps = []
    for y in target[:, :-1].flip(1).unbind(1):
        logits, s, weights = decoder_step(y, s, enc, mask, p)
        steps.append((logits, weights))
    logits, weights = (torch.stack(each, dim=1) for each in zip(*steps, strict=True))
    return logits, weights
