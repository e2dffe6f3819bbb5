"""
loses: [step]
hint:
  en: >-
    The old state asks the question but does not enter the new one.
  fr: >-
    L'ancien état pose la question mais n'entre pas dans le nouveau.
"""

import torch


def decoder_step(y, s, enc, mask, p):
    context, weights = additive_attention(s, enc, mask, p["W_a"], p["v_a"])
    x = torch.cat([p["E_tgt"][y], context], dim=-1)
    s_new = torch.tanh(x @ p["W_dec"].T + p["b_dec"])
    return s_new @ p["W_out"].T + p["b_out"], s_new, weights
