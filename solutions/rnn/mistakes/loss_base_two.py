"""
loses: [loss]
hint:
  en: >-
    Your losses are in bits (base 2). Here they are in nats: the logarithm is the natural one.
  fr: >-
    Vos pertes sont en bits (base 2). Ici elles sont en nats : le logarithme est népérien.
"""

import math

import torch


def next_token_losses(ids, model, h0=None):
    logits, h_n = lm_forward(ids[:, :-1], model, h0)
    log_p = torch.log_softmax(logits, dim=-1)
    return -log_p.gather(-1, ids[:, 1:].unsqueeze(-1)).squeeze(-1) / math.log(2), h_n
