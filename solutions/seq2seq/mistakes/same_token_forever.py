"""
loses: [teacher-forcing]
hint:
  en: >-
    Every step reads the first token of the target.
  fr: >-
    Chaque pas lit le premier token de la cible.
"""

import torch


def teacher_forced(target, s, enc, mask, p):
    steps = []
    for _ in range(target.shape[1] - 1):
        logits, s, weights = decoder_step(target[:, 0], s, enc, mask, p)
        steps.append((logits, weights))
    logits, weights = (torch.stack(each, dim=1) for each in zip(*steps, strict=True))
    return logits, weights
