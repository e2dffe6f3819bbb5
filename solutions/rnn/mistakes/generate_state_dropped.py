"""
loses: [generate]
hint:
  en: >-
    After each new token your states start from zeros again: the model forgets everything but the last token.
  fr: >-
    Après chaque nouveau token, vos états repartent de zéro : le modèle oublie tout sauf le dernier token.
"""

import torch


def generate(prompt, model, n):
    read, new = prompt, prompt[:, :0]
    for _ in range(n):
        logits, _ = lm_forward(read, model, None)
        read = logits[:, -1:].argmax(dim=-1)
        new = torch.cat([new, read], dim=1)
    return new
