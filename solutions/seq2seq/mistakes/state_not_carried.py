"""
loses: [teacher-forcing]
hint:
  en: >-
    Every step starts again from the first state.
  fr: >-
    Chaque pas repart du premier état.
"""

import torch


def teacher_forced(target, s, enc, mask, p):
    steps = []
    for y in target[:, :-1].unbind(1):
        logits, _, weights = decoder_step(y, s, enc, mask, p)
        steps.append((logits, weights))
    logits, weights = (torch.stack(each, dim=1) for each in zip(*steps, strict=True))
    return logits, weights
