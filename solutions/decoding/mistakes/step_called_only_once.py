"""
loses: [generate]
hint:
  en: >-
    The model is asked once, for the prompt: it never reads what is written.
  fr: >-
    Le modèle n'est interrogé qu'une fois, pour le prompt : il ne lit jamais ce qui est écrit.
"""

import torch


def generate(step, ids, dice, eos_id, temperature=1.0, top_k=None, top_p=None):
    text, ended = ids, torch.zeros(len(ids), dtype=torch.bool)
    probs = next_token_probs(step(text), temperature, top_k, top_p) if dice.shape[1] else None
    for column in dice.unbind(dim=-1):
        if ended.all():
            break
        token = sample(probs, column).masked_fill(ended, eos_id)
        text = torch.cat([text, token.unsqueeze(-1)], dim=-1)
        ended = ended | (token == eos_id)
    return text[:, ids.shape[1] :]
