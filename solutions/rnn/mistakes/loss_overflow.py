"""
loses: [loss]
hint:
  en: >-
    Your exponentials overflow for logits of some hundreds. Is there a way to the logarithm of their sum that never
    makes them?
  fr: >-
    Vos exponentielles débordent pour des logits de quelques centaines. Y a-t-il un chemin vers le logarithme de
    leur somme qui ne les calcule jamais telles quelles ?
"""


def next_token_losses(ids, model, h0=None):
    logits, h_n = lm_forward(ids[:, :-1], model, h0)
    right = logits.gather(-1, ids[:, 1:].unsqueeze(-1)).squeeze(-1)
    return logits.exp().sum(dim=-1).log() - right, h_n
