"""
loses: [sgns]
hint:
  en: 'You average over the negatives; the formula adds them up.'
  fr: 'Vous faites la moyenne sur les négatifs ; la formule en fait la somme.'
"""

import torch
import torch.nn.functional as F


def sgns_loss_grads(centre, outside, negatives, V_in, V_out):
    B, K = negatives.shape
    v, u_o, u_n = V_in[centre], V_out[outside], V_out[negatives]
    s_o = (u_o * v).sum(1)
    s_n = torch.einsum("bkd,bd->bk", u_n, v)
    loss = (-F.logsigmoid(s_o) - F.logsigmoid(-s_n).mean(1)).mean()
    e_o = (torch.sigmoid(s_o) - 1) / B
    e_n = torch.sigmoid(s_n) / (B * K)
    grad_v = e_o[:, None] * u_o + (e_n[:, :, None] * u_n).sum(1)
    to_o = e_o[:, None] * v
    to_n = e_n[:, :, None] * v[:, None]
    grad_in = torch.zeros_like(V_in)
    grad_in.index_add_(0, centre, grad_v)
    grad_out = torch.zeros_like(V_out)
    grad_out.index_add_(0, outside, to_o)
    grad_out.index_add_(0, negatives.reshape(-1), to_n.reshape(-1, V_out.shape[1]))
    return loss, grad_in, grad_out
