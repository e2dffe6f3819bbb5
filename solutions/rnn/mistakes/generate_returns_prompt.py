"""
loses: [generate]
hint:
  en: >-
    You return the prompt with its continuation. Only the new tokens are asked for.
  fr: >-
    Vous renvoyez le prompt avec sa suite. On ne demande que les nouveaux tokens.
"""

import torch


def generate(prompt, model, n):
    read, h, new = prompt, None, prompt[:, :0]
    for _ in range(n):
        logits, h = lm_forward(read, model, h)
        read = logits[:, -1:].argmax(dim=-1)
        new = torch.cat([new, read], dim=1)
    return torch.cat([prompt, new], dim=1)
