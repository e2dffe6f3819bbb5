"""
loses: [step]
hint:
  en: >-
    Your new state is not squeezed between -1 and 1.
  fr: >-
    Votre nouvel état n'est pas ramené entre -1 et 1.
"""

import torch


def decoder_step(y, s, enc, mask, p):
    context, weights = additive_attention(s, enc, mask, p["W_a"], p["v_a"])
    x = torch.cat([p["E_tgt"][y], context], dim=-1)
    s_new = x @ p["W_dec"].T + s @ p["U_dec"].T + p["b_dec"]
    return s_new @ p["W_out"].T + p["b_out"], s_new, weights
