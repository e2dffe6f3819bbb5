"""
loses: [generate]
hint:
  en: >-
    Only the last token of your prompt is read. The states must have seen all of it.
  fr: >-
    Seul le dernier token de votre prompt est lu. Les états doivent l'avoir vu en entier.
"""

import torch


def generate(prompt, model, n):
    read, h, new = prompt[:, -1:], None, prompt[:, :0]
    for _ in range(n):
        logits, h = lm_forward(read, model, h)
        read = logits[:, -1:].argmax(dim=-1)
        new = torch.cat([new, read], dim=1)
    return new
