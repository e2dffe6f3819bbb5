"""
loses: [generate]
hint:
  en: >-
    Your model never reads what it writes: after the prompt it reads the last token of the prompt again and again.
  fr: >-
    Votre modèle ne lit jamais ce qu'il écrit : après le prompt, il relit sans cesse le dernier token du prompt.
"""

import torch


def generate(prompt, model, n):
    read, h, new = prompt, None, prompt[:, :0]
    for _ in range(n):
        logits, h = lm_forward(read, model, h)
        read = prompt[:, -1:]
        new = torch.cat([new, logits[:, -1:].argmax(dim=-1)], dim=1)
    return new
