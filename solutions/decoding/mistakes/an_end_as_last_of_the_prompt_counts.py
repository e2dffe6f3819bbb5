"""
loses: [generate]
hint:
  en: >-
    A prompt whose last token is `eos_id` counts as ended in your function. Only what is written ends a row.
  fr: >-
    Un prompt dont le dernier token est `eos_id` passe pour fini dans votre fonction. Seul ce qui est écrit
    finit une ligne.
"""

import torch


def generate(step, ids, dice, eos_id, temperature=1.0, top_k=None, top_p=None):
    text, ended = ids, ids[:, -1] == eos_id
    for column in dice.unbind(dim=-1):
        if ended.all():
            break
        probs = next_token_probs(step(text), temperature, top_k, top_p)
        token = sample(probs, column).masked_fill(ended, eos_id)
        text = torch.cat([text, token.unsqueeze(-1)], dim=-1)
        ended = ended | (token == eos_id)
    return text[:, ids.shape[1] :]
