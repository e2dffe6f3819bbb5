"""
loses: [loss]
hint:
  en: >-
    Your losses do not depend on `h0`: what was read before is forgotten.
  fr: >-
    Vos pertes ne dépendent pas de `h0` : ce qui a été lu avant est oublié.
"""

import torch


def next_token_losses(ids, model, h0=None):
    logits, h_n = lm_forward(ids[:, :-1], model)
    log_p = torch.log_softmax(logits, dim=-1)
    return -log_p.gather(-1, ids[:, 1:].unsqueeze(-1)).squeeze(-1), h_n
