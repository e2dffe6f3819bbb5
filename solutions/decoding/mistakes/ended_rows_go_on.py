"""
loses: [generate]
hint:
  en: >-
    A row that has ended goes on writing after its `eos_id`.
  fr: >-
    Une ligne finie continue d'écrire après son `eos_id`.
"""

import torch


def generate(step, ids, dice, eos_id, temperature=1.0, top_k=None, top_p=None):
    text, ended = ids, torch.zeros(len(ids), dtype=torch.bool)
    for column in dice.unbind(dim=-1):
        if ended.all():
            break
        probs = next_token_probs(step(text), temperature, top_k, top_p)
        token = sample(probs, column)
        text = torch.cat([text, token.unsqueeze(-1)], dim=-1)
        ended = ended | (token == eos_id)
    return text[:, ids.shape[1] :]
