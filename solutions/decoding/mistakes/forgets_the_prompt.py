"""
loses: [generate]
hint:
  en: >-
    After the first token, you show `step` the new tokens without the prompt.
  fr: >-
    Après le premier token, vous montrez à `step` les nouveaux tokens sans le prompt.
"""

import torch


def generate(step, ids, dice, eos_id, temperature=1.0, top_k=None, top_p=None):
    text, ended = ids, torch.zeros(len(ids), dtype=torch.bool)
    for column in dice.unbind(dim=-1):
        if ended.all():
            break
        probs = next_token_probs(
            step(text[:, ids.shape[1] :] if text.shape[1] > ids.shape[1] else text), temperature, top_k, top_p
        )
        token = sample(probs, column).masked_fill(ended, eos_id)
        text = torch.cat([text, token.unsqueeze(-1)], dim=-1)
        ended = ended | (token == eos_id)
    return text[:, ids.shape[1] :]
