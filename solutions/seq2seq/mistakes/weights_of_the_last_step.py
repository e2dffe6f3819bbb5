"""
loses: [teacher-forcing]
hint:
  en: >-
    You repeat the weights of the last step for all of them.
  fr: >-
    Vous répétez les poids du dernier pas pour tous les pas.
"""

import torch


def teacher_forced(target, s, enc, mask, p):
    steps = []
    for y in target[:, :-1].unbind(1):
        logits, s, weights = decoder_step(y, s, enc, mask, p)
        steps.append((logits, weights))
    logits, weights = (torch.stack(each, dim=1) for each in zip(*steps, strict=True))
    return logits, weights[:, -1:].expand_as(weights)
