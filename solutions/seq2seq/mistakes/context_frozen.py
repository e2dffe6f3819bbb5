"""
loses: [teacher-forcing]
hint:
  en: >-
    The decoder goes on, but you keep the weights of the first step.
  fr: >-
    Le décodeur avance, mais vous gardez les poids du premier pas.
"""

import torch


def teacher_forced(target, s, enc, mask, p):
    steps = []
    for y in target[:, :-1].unbind(1):
        logits, s, weights = decoder_step(y, s, enc, mask, p)
        steps.append((logits, weights))
    logits, weights = (torch.stack(each, dim=1) for each in zip(*steps, strict=True))
    return logits, weights[:, :1].expand_as(weights)
