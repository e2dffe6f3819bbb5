"""
loses: [generate]
hint:
  en: >-
    Among equal logits you take the largest id; the smallest is asked for.
  fr: >-
    Entre logits égaux, vous prenez le plus grand identifiant ; on demande le plus petit.
"""

import torch


def generate(prompt, model, n):
    read, h, new = prompt, None, prompt[:, :0]
    for _ in range(n):
        logits, h = lm_forward(read, model, h)
        read = logits.shape[-1] - 1 - logits[:, -1:].flip(-1).argmax(dim=-1)
        new = torch.cat([new, read], dim=1)
    return new
