"""
loses: [sgns-edges]
hint:
  en: 'A word met twice keeps one contribution only: an indexed assignment, or `g[ids] += x`, writes each row once.'
  fr: 'Un mot rencontré deux fois ne garde qu''une contribution : une affectation indexée, ou `g[ids] += x`, n''écrit chaque ligne qu''une fois.'
"""

import torch
import torch.nn.functional as F


def sgns_loss_grads(centre, outside, negatives, V_in, V_out):
    B, K = negatives.shape
    v, u_o, u_n = V_in[centre], V_out[outside], V_out[negatives]
    s_o = (u_o * v).sum(1)
    s_n = torch.einsum("bkd,bd->bk", u_n, v)
    loss = (-F.logsigmoid(s_o) - F.logsigmoid(-s_n).sum(1)).mean()
    e_o = (torch.sigmoid(s_o) - 1) / B
    e_n = torch.sigmoid(s_n) / B
    grad_v = e_o[:, None] * u_o + (e_n[:, :, None] * u_n).sum(1)
    to_o = e_o[:, None] * v
    to_n = e_n[:, :, None] * v[:, None]
    grad_in = torch.zeros_like(V_in)
    grad_in[centre] += grad_v
    grad_out = torch.zeros_like(V_out)
    grad_out[outside] += to_o
    grad_out[negatives] += to_n
    return loss, grad_in, grad_out
