r"""
loses: [additive, learning]
hint:
  en: 'Your attention weights sum to 1 over the sentences of the batch. They should share out one sentence''s source.'
  fr: 'Vos poids d''attention somment à 1 sur les phrases du batch. Ils doivent se partager la source d''une seule phrase.'
"""

import torch
import torch.nn.functional as F


def additive_logits(src, read, params):
    H = len(params["b_enc"])
    states, real = src_states(src, params), src != PAD
    state, keys = states[:, -1], F.linear(states, params["W_a"][:, H:])
    written, looked = [], []
    for y in read.unbind(dim=1):
        scores = (F.linear(state, params["W_a"][:, :H])[:, None] + keys).tanh() @ params["v_a"]
        looked.append(scores.masked_fill(~real, -1e9).softmax(dim=0) * real)
        context = (looked[-1][..., None] * states).sum(dim=1)
        entering = torch.cat([params["E_tgt"][y], context], dim=1)
        state = (F.linear(entering, params["W_dec"], params["b_dec"]) + F.linear(state, params["U_dec"])).tanh()
        written.append(state)
    return F.linear(torch.stack(written, dim=1), params["W_out"], params["b_out"]), torch.stack(looked, dim=1)
