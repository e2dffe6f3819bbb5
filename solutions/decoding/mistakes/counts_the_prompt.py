"""
loses: [generate]
hint:
  en: >-
    You stop when prompt and new tokens together are as many as the columns of dice. Only the new ones count.
  fr: >-
    Vous vous arrêtez quand le prompt et les nouveaux tokens sont aussi nombreux que les colonnes de dés. Seuls
    les nouveaux comptent.
"""

import torch


def generate(step, ids, dice, eos_id, temperature=1.0, top_k=None, top_p=None):
    text, ended = ids, torch.zeros(len(ids), dtype=torch.bool)
    for column in dice[:, ids.shape[1] :].unbind(dim=-1):
        if ended.all():
            break
        probs = next_token_probs(step(text), temperature, top_k, top_p)
        token = sample(probs, column).masked_fill(ended, eos_id)
        text = torch.cat([text, token.unsqueeze(-1)], dim=-1)
        ended = ended | (token == eos_id)
    return text[:, ids.shape[1] :]
