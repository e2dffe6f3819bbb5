"""
loses: [invariants]
hint:
  en: >-
    You update the state you were given in place: the caller's `s` changes with it.
  fr: >-
    Vous mettez à jour sur place l'état reçu : le `s` de l'appelant change avec lui.
"""

import torch


def decoder_step(y, s, enc, mask, p):
    context, weights = additive_attention(s, enc, mask, p["W_a"], p["v_a"])
    x = torch.cat([p["E_tgt"][y], context], dim=-1)
    s_new = s.detach().copy_(torch.tanh(x @ p["W_dec"].T + s @ p["U_dec"].T + p["b_dec"]))
    return s_new @ p["W_out"].T + p["b_out"], s_new, weights
