"""
loses: [sgns-edges]
hint:
  en: '`exp(1000)` is infinite, and infinite divided by infinite is not a number: neither your loss nor your sigmoid survives large scores.'
  fr: '`exp(1000)` est infini, et l''infini divisé par l''infini n''est pas un nombre : ni votre perte ni votre sigmoïde ne résistent aux grands scores.'
"""

import torch


def sgns_loss_grads(centre, outside, negatives, V_in, V_out):
    B, K = negatives.shape
    v, u_o, u_n = V_in[centre], V_out[outside], V_out[negatives]
    s_o = (u_o * v).sum(1)
    s_n = torch.einsum("bkd,bd->bk", u_n, v)
    loss = ((1 + (-s_o).exp()).log() + (1 + s_n.exp()).log().sum(1)).mean()
    e_o = (s_o.exp() / (1 + s_o.exp()) - 1) / B
    e_n = s_n.exp() / (1 + s_n.exp()) / B
    grad_v = e_o[:, None] * u_o + (e_n[:, :, None] * u_n).sum(1)
    to_o = e_o[:, None] * v
    to_n = e_n[:, :, None] * v[:, None]
    grad_in = torch.zeros_like(V_in)
    grad_in.index_add_(0, centre, grad_v)
    grad_out = torch.zeros_like(V_out)
    grad_out.index_add_(0, outside, to_o)
    grad_out.index_add_(0, negatives.reshape(-1), to_n.reshape(-1, V_out.shape[1]))
    return loss, grad_in, grad_out
