"""
loses: [generate]
hint:
  en: >-
    The column in which the last row ends is missing: `eos_id` is written like any other token.
  fr: >-
    La colonne où finit la dernière ligne manque : on écrit `eos_id` comme tout autre token.
"""

import torch


def generate(step, ids, dice, eos_id, temperature=1.0, top_k=None, top_p=None):
    text, ended = ids, torch.zeros(len(ids), dtype=torch.bool)
    for column in dice.unbind(dim=-1):
        probs = next_token_probs(step(text), temperature, top_k, top_p)
        token = sample(probs, column).masked_fill(ended, eos_id)
        ended = ended | (token == eos_id)
        if ended.all():
            break
        text = torch.cat([text, token.unsqueeze(-1)], dim=-1)
    return text[:, ids.shape[1] :]
