"""
loses: [step]
hint:
  en: >-
    The decoder looks at the source and forgets what it saw: the context does not enter the state.
  fr: >-
    Le décodeur regarde la source et oublie ce qu'il a vu : le contexte n'entre pas dans l'état.
"""

import torch


def decoder_step(y, s, enc, mask, p):
    context, weights = additive_attention(s, enc, mask, p["W_a"], p["v_a"])
    x = torch.cat([p["E_tgt"][y], torch.zeros_like(context)], dim=-1)
    s_new = torch.tanh(x @ p["W_dec"].T + s @ p["U_dec"].T + p["b_dec"])
    return s_new @ p["W_out"].T + p["b_out"], s_new, weights
