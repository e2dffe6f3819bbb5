"""
loses: [invariants]
hint:
  en: >-
    You detach the state between steps: the gradient no longer reaches the steps before.
  fr: >-
    Vous détachez l'état entre les pas : le gradient n'atteint plus les pas précédents.
"""

import torch


def teacher_forced(target, s, enc, mask, p):
    steps = []
    for y in target[:, :-1].unbind(1):
        logits, s, weights = decoder_step(y, s, enc, mask, p)
        s = s.detach()
        steps.append((logits, weights))
    logits, weights = (torch.stack(each, dim=1) for each in zip(*steps, strict=True))
    return logits, weights
