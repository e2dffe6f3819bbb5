"""
loses: [sample]
hint:
  en: >-
    You lay the tokens on the line by falling probability; here they lie in the order of their ids.
  fr: >-
    Vous placez les tokens sur le segment par probabilité décroissante ; ici, ils y sont dans l'ordre des
    identifiants.
"""

import torch


def sample(probs, dice):
    ranked, order = probs.sort(dim=-1, descending=True, stable=True)
    count = (ranked.cumsum(dim=-1) <= dice.unsqueeze(-1)).sum(dim=-1)
    count = torch.minimum(count, (ranked > 0).sum(dim=-1) - 1)
    return order.gather(-1, count.unsqueeze(-1)).squeeze(-1)
