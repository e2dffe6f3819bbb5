"""
loses: [step]
hint:
  en: >-
    Your context is the encoder's last state, the same at every step: the bottleneck is back.
  fr: >-
    Votre contexte est le dernier état de l'encodeur, le même à chaque pas : le goulot d'étranglement est de
    retour.
"""

import torch


def decoder_step(y, s, enc, mask, p):
    context, weights = additive_attention(s, enc, mask, p["W_a"], p["v_a"])
    x = torch.cat([p["E_tgt"][y], enc[:, -1]], dim=-1)
    s_new = torch.tanh(x @ p["W_dec"].T + s @ p["U_dec"].T + p["b_dec"])
    return s_new @ p["W_out"].T + p["b_out"], s_new, weights
