"""
loses: [step]
hint:
  en: >-
    `U_dec` is applied the wrong way round.
  fr: >-
    `U_dec` est appliquée à l'envers.
"""

import torch


def decoder_step(y, s, enc, mask, p):
    context, weights = additive_attention(s, enc, mask, p["W_a"], p["v_a"])
    x = torch.cat([p["E_tgt"][y], context], dim=-1)
    s_new = torch.tanh(x @ p["W_dec"].T + s @ p["U_dec"] + p["b_dec"])
    return s_new @ p["W_out"].T + p["b_out"], s_new, weights
