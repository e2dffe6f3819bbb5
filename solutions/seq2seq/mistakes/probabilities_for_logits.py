"""
loses: [step]
hint:
  en: >-
    You return probabilities. The loss takes logits, and would apply a second softmax.
  fr: >-
    Vous renvoyez des probabilités. La fonction de coût attend des logits, et appliquerait un second softmax.
"""

import torch


def decoder_step(y, s, enc, mask, p):
    context, weights = additive_attention(s, enc, mask, p["W_a"], p["v_a"])
    x = torch.cat([p["E_tgt"][y], context], dim=-1)
    s_new = torch.tanh(x @ p["W_dec"].T + s @ p["U_dec"].T + p["b_dec"])
    return torch.softmax(s_new @ p["W_out"].T + p["b_out"], dim=-1), s_new, weights
