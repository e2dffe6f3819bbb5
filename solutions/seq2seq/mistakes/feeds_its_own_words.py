"""
loses: [teacher-forcing]
hint:
  en: >-
    You feed the model its own predictions. That is generation; here it reads the right tokens.
  fr: >-
    Vous donnez au modèle ses propres prédictions. C'est la génération ; ici, il lit les bons tokens.
"""

import torch


def teacher_forced(target, s, enc, mask, p):
    steps = []
    y = target[:, 0]
    for _ in range(target.shape[1] - 1):
        logits, s, weights = decoder_step(y, s, enc, mask, p)
        y = logits.argmax(-1)
        steps.append((logits, weights))
    logits, weights = (torch.stack(each, dim=1) for each in zip(*steps, strict=True))
    return logits, weights
