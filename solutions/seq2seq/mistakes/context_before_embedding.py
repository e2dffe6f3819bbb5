"""
loses: [step]
hint:
  en: >-
    You put the context before the embedding: the left part of `W_dec` is for the embedding.
  fr: >-
    Vous mettez le contexte avant le plongement : la partie gauche de `W_dec` est pour le plongement.
"""

import torch


def decoder_step(y, s, enc, mask, p):
    context, weights = additive_attention(s, enc, mask, p["W_a"], p["v_a"])
    x = torch.cat([context, p["E_tgt"][y]], dim=-1)
    s_new = torch.tanh(x @ p["W_dec"].T + s @ p["U_dec"].T + p["b_dec"])
    return s_new @ p["W_out"].T + p["b_out"], s_new, weights
