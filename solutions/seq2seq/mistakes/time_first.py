"""
loses: [teacher-forcing]
hint:
  en: >-
    Your steps are the first dimension: the batch comes first.
  fr: >-
    Vos pas sont la première dimension : le lot vient en premier.
"""

import torch


def teacher_forced(target, s, enc, mask, p):
    steps = []
    for y in target[:, :-1].unbind(1):
        logits, s, weights = decoder_step(y, s, enc, mask, p)
        steps.append((logits, weights))
    logits, weights = (torch.stack(each, dim=0) for each in zip(*steps, strict=True))
    return logits, weights
