"""
loses: [generate]
hint:
  en: >-
    The settings do not reach `next_token_probs`: the text is the same whatever they are.
  fr: >-
    Les réglages n'arrivent pas à `next_token_probs` : le texte est le même quels qu'ils soient.
"""

import torch


def generate(step, ids, dice, eos_id, temperature=1.0, top_k=None, top_p=None):
    text, ended = ids, torch.zeros(len(ids), dtype=torch.bool)
    for column in dice.unbind(dim=-1):
        if ended.all():
            break
        token = sample(next_token_probs(step(text)), column).masked_fill(ended, eos_id)
        text = torch.cat([text, token.unsqueeze(-1)], dim=-1)
        ended = ended | (token == eos_id)
    return text[:, ids.shape[1] :]
