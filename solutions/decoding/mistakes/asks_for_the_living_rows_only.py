"""
loses: [generate]
hint:
  en: >-
    You leave out the rows that have ended when you ask `step`; it always gets all of them.
  fr: >-
    Vous laissez de côté les lignes finies quand vous interrogez `step` ; il les reçoit toujours toutes.
"""

import torch


def generate(step, ids, dice, eos_id, temperature=1.0, top_k=None, top_p=None):
    text, ended = ids, torch.zeros(len(ids), dtype=torch.bool)
    for column in dice.unbind(dim=-1):
        if ended.all():
            break
        probs = next_token_probs(step(text[~ended]), temperature, top_k, top_p)
        token = torch.full((len(ids),), eos_id)
        token[~ended] = sample(probs, column[~ended])
        text = torch.cat([text, token.unsqueeze(-1)], dim=-1)
        ended = ended | (token == eos_id)
    return text[:, ids.shape[1] :]
