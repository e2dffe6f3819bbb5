"""
loses: [generate]
hint:
  en: >-
    You read the whole prompt, then its last token once more before the first prediction.
  fr: >-
    Vous lisez tout le prompt, puis encore une fois son dernier token avant la première prédiction.
"""

import torch


def generate(prompt, model, n):
    _, h = lm_forward(prompt, model)
    read, new = prompt[:, -1:], prompt[:, :0]
    for _ in range(n):
        logits, h = lm_forward(read, model, h)
        read = logits[:, -1:].argmax(dim=-1)
        new = torch.cat([new, read], dim=1)
    return new
