"""
loses: [generate]
hint:
  en: >-
    You stop as soon as one row has ended; the others have not finished.
  fr: >-
    Vous vous arrêtez dès qu'une ligne est finie ; les autres n'ont pas terminé.
"""

import torch


def generate(step, ids, dice, eos_id, temperature=1.0, top_k=None, top_p=None):
    text, ended = ids, torch.zeros(len(ids), dtype=torch.bool)
    for column in dice.unbind(dim=-1):
        if ended.any():
            break
        probs = next_token_probs(step(text), temperature, top_k, top_p)
        token = sample(probs, column).masked_fill(ended, eos_id)
        text = torch.cat([text, token.unsqueeze(-1)], dim=-1)
        ended = ended | (token == eos_id)
    return text[:, ids.shape[1] :]
