"""
loses: [generate]
hint:
  en: >-
    With no column of dice there is nothing to put side by side, and your function fails. An empty [B, 0] is
    asked for.
  fr: >-
    Sans colonne de dés, il n'y a rien à mettre côte à côte, et votre fonction échoue. On demande un [B, 0]
    vide.
"""

import torch


def generate(step, ids, dice, eos_id, temperature=1.0, top_k=None, top_p=None):
    new, ended = [], torch.zeros(len(ids), dtype=torch.bool)
    for column in dice.unbind(dim=-1):
        if ended.all():
            break
        text = torch.cat([ids, *[token.unsqueeze(-1) for token in new]], dim=-1)
        token = sample(next_token_probs(step(text), temperature, top_k, top_p), column).masked_fill(ended, eos_id)
        new.append(token)
        ended = ended | (token == eos_id)
    return torch.stack(new, dim=-1)
