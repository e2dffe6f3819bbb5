"""
loses: [step]
hint:
  en: >-
    Your logits come from the state before the token was read.
  fr: >-
    Vos logits viennent de l'état d'avant la lecture du token.
"""

import torch


def decoder_step(y, s, enc, mask, p):
    context, weights = additive_attention(s, enc, mask, p["W_a"], p["v_a"])
    x = torch.cat([p["E_tgt"][y], context], dim=-1)
    s_new = torch.tanh(x @ p["W_dec"].T + s @ p["U_dec"].T + p["b_dec"])
    return s @ p["W_out"].T + p["b_out"], s_new, weights
