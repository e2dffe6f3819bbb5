"""
loses: [generate]
hint:
  en: >-
    You read all of the text again, but from states that have already read it. Either read it again from zeros, or
    read the new token only.
  fr: >-
    Vous relisez tout le texte, mais en partant d'états qui l'ont déjà lu. Ou bien relisez tout en partant de zéro,
    ou bien ne lisez que le nouveau token.
"""

import torch


def generate(prompt, model, n):
    text, h = prompt, None
    for _ in range(n):
        logits, h = lm_forward(text, model, h)
        text = torch.cat([text, logits[:, -1:].argmax(dim=-1)], dim=1)
    return text[:, prompt.shape[1] :]
