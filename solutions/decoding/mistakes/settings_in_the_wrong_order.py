"""
loses: [generate]
hint:
  en: >-
    You hand `top_p` over where `top_k` is expected: look at the order of the arguments, or name them.
  fr: >-
    Vous donnez `top_p` là où l'on attend `top_k` : regardez l'ordre des arguments, ou nommez-les.
"""

import torch


def generate(step, ids, dice, eos_id, temperature=1.0, top_k=None, top_p=None):
    text, ended = ids, torch.zeros(len(ids), dtype=torch.bool)
    for column in dice.unbind(dim=-1):
        if ended.all():
            break
        probs = next_token_probs(step(text), temperature, top_p, top_k)
        token = sample(probs, column).masked_fill(ended, eos_id)
        text = torch.cat([text, token.unsqueeze(-1)], dim=-1)
        ended = ended | (token == eos_id)
    return text[:, ids.shape[1] :]
