"""
loses: [step]
hint:
  en: >-
    You return log-probabilities: the logits are what comes before any softmax.
  fr: >-
    Vous renvoyez des log-probabilités : les logits sont ce qui précède tout softmax.
"""

import torch


def decoder_step(y, s, enc, mask, p):
    context, weights = additive_attention(s, enc, mask, p["W_a"], p["v_a"])
    x = torch.cat([p["E_tgt"][y], context], dim=-1)
    s_new = torch.tanh(x @ p["W_dec"].T + s @ p["U_dec"].T + p["b_dec"])
    return torch.log_softmax(s_new @ p["W_out"].T + p["b_out"], dim=-1), s_new, weights
