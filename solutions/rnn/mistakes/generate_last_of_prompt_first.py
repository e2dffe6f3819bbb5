"""
loses: [generate]
hint:
  en: >-
    Your answer begins with the last token of the prompt, and one new token is missing: you note what you read, not
    what you predict.
  fr: >-
    Votre réponse commence par le dernier token du prompt, et il manque un nouveau token : vous notez ce que vous
    lisez, et non ce que vous prédisez.
"""

import torch


def generate(prompt, model, n):
    read, h, new = prompt, None, prompt[:, :0]
    for _ in range(n):
        new = torch.cat([new, read[:, -1:]], dim=1)
        logits, h = lm_forward(read, model, h)
        read = logits[:, -1:].argmax(dim=-1)
    return new
