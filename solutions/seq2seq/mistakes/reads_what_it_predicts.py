"""
loses: [teacher-forcing]
hint:
  en: >-
    At each step you read the very token that the step must predict: the loss falls to nothing and the model
    learns to copy.
  fr: >-
    À chaque pas, vous lisez le token même que ce pas doit prédire : le coût s'effondre et le modèle apprend à
    copier.
"""

import torch


def teacher_forced(target, s, enc, mask, p):
    steps = []
    for y in target[:, 1:].unbind(1):
        logits, s, weights = decoder_step(y, s, enc, mask, p)
        steps.append((logits, weights))
    logits, weights = (torch.stack(each, dim=1) for each in zip(*steps, strict=True))
    return logits, weights
