"""
loses: [generate]
hint:
  en: >-
    Your text is right, but `step` is called once more than there are new columns: that last answer is thrown
    away.
  fr: >-
    Votre texte est juste, mais `step` est appelé une fois de plus qu'il n'y a de nouvelles colonnes : cette
    dernière réponse est jetée.
"""

import torch


def generate(step, ids, dice, eos_id, temperature=1.0, top_k=None, top_p=None):
    text, ended = ids, torch.zeros(len(ids), dtype=torch.bool)
    logits = step(text)
    for column in dice.unbind(dim=-1):
        if ended.all():
            break
        probs = next_token_probs(logits, temperature, top_k, top_p)
        token = sample(probs, column).masked_fill(ended, eos_id)
        text = torch.cat([text, token.unsqueeze(-1)], dim=-1)
        ended = ended | (token == eos_id)
        logits = step(text)
    return text[:, ids.shape[1] :]
