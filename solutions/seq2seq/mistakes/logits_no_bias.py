"""
loses: [step]
hint:
  en: >-
    The bias of the logits is missing.
  fr: >-
    Il manque le biais des logits.
"""

import torch


def decoder_step(y, s, enc, mask, p):
    context, weights = additive_attention(s, enc, mask, p["W_a"], p["v_a"])
    x = torch.cat([p["E_tgt"][y], context], dim=-1)
    s_new = torch.tanh(x @ p["W_dec"].T + s @ p["U_dec"].T + p["b_dec"])
    return s_new @ p["W_out"].T, s_new, weights
