"""
loses: [generate]
hint:
  en: >-
    You show `step` the last token only; it must read everything written so far.
  fr: >-
    Vous ne montrez à `step` que le dernier token ; il doit lire tout ce qui est écrit.
"""

import torch


def generate(step, ids, dice, eos_id, temperature=1.0, top_k=None, top_p=None):
    text, ended = ids, torch.zeros(len(ids), dtype=torch.bool)
    for column in dice.unbind(dim=-1):
        if ended.all():
            break
        probs = next_token_probs(step(text[:, -1:]), temperature, top_k, top_p)
        token = sample(probs, column).masked_fill(ended, eos_id)
        text = torch.cat([text, token.unsqueeze(-1)], dim=-1)
        ended = ended | (token == eos_id)
    return text[:, ids.shape[1] :]
