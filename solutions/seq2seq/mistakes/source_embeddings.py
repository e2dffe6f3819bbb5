"""
loses: [step]
hint:
  en: >-
    The token read is one of the target language: whose embeddings do you look it up in?
  fr: >-
    Le token lu est de la langue cible : dans quels plongements le cherchez-vous ?
"""

import torch


def decoder_step(y, s, enc, mask, p):
    context, weights = additive_attention(s, enc, mask, p["W_a"], p["v_a"])
    x = torch.cat([p["E_src"][y], context], dim=-1)
    s_new = torch.tanh(x @ p["W_dec"].T + s @ p["U_dec"].T + p["b_dec"])
    return s_new @ p["W_out"].T + p["b_out"], s_new, weights
