"""
loses: [generation]
hint:
  en: >-
    The stop token is in your answer; it only says that the text is over.
  fr: >-
    Le token d'arrêt est dans votre réponse ; il dit seulement que le texte est fini.
"""

import torch


def generate(logits_of, ids, dice, context, temperature=1.0, top_k=None, top_p=1.0, stop=None):
    written = []
    for roll in dice.tolist():
        read = torch.tensor([[*ids, *written][-context:]])
        chances = distribution(logits_of(read)[0, -1], temperature, top_k, top_p)
        token = min(int((chances.cumsum(0) <= roll).sum()), int(chances.nonzero().max()))
        written.append(token)
        if token == stop:
            break
    return written
