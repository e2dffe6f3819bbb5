"""
loses: [loss]
hint:
  en: >-
    You return the log-probabilities, which are negative. The loss is their opposite.
  fr: >-
    Vous renvoyez les log-probabilités, qui sont négatives. La perte est leur opposé.
"""

import torch


def next_token_losses(ids, model, h0=None):
    logits, h_n = lm_forward(ids[:, :-1], model, h0)
    log_p = torch.log_softmax(logits, dim=-1)
    return log_p.gather(-1, ids[:, 1:].unsqueeze(-1)).squeeze(-1), h_n
