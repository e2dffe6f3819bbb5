"""
loses: [generation]
hint:
  en: >-
    Your text grows longer than the model can read: how many of its last ids do you give it?
  fr: >-
    Votre texte devient plus long que ce que le modèle peut lire : combien de ses derniers ids lui donnez-vous ?
"""

import torch


def generate(logits_of, ids, dice, context, temperature=1.0, top_k=None, top_p=1.0, stop=None):
    written = []
    for roll in dice.tolist():
        read = torch.tensor([[*ids, *written]])
        chances = distribution(logits_of(read)[0, -1], temperature, top_k, top_p)
        token = min(int((chances.cumsum(0) <= roll).sum()), int(chances.nonzero().max()))
        if token == stop:
            break
        written.append(token)
    return written
