"""
loses: [generate]
hint:
  en: >-
    You throw the same column of dice for every token: column t decides the new token number t.
  fr: >-
    Vous jetez la même colonne de dés pour chaque token : la colonne t décide du nouveau token numéro t.
"""

import torch


def generate(step, ids, dice, eos_id, temperature=1.0, top_k=None, top_p=None):
    text, ended = ids, torch.zeros(len(ids), dtype=torch.bool)
    for _ in range(dice.shape[1]):
        if ended.all():
            break
        probs = next_token_probs(step(text), temperature, top_k, top_p)
        token = sample(probs, dice[:, 0]).masked_fill(ended, eos_id)
        text = torch.cat([text, token.unsqueeze(-1)], dim=-1)
        ended = ended | (token == eos_id)
    return text[:, ids.shape[1] :]
