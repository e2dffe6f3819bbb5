"""
loses: [sgns]
hint:
  en: 'Your loss is a mean over the batch, but your gradients are a sum: they grow with the size of the batch.'
  fr: 'Votre perte est une moyenne sur le lot, mais vos gradients sont une somme : ils grandissent avec la taille du lot.'
"""

import torch
import torch.nn.functional as F


def sgns_loss_grads(centre, outside, negatives, V_in, V_out):
    B, K = negatives.shape
    v, u_o, u_n = V_in[centre], V_out[outside], V_out[negatives]
    s_o = (u_o * v).sum(1)
    s_n = torch.einsum("bkd,bd->bk", u_n, v)
    loss = (-F.logsigmoid(s_o) - F.logsigmoid(-s_n).sum(1)).mean()
    e_o = torch.sigmoid(s_o) - 1
    e_n = torch.sigmoid(s_n)
    grad_v = e_o[:, None] * u_o + (e_n[:, :, None] * u_n).sum(1)
    to_o = e_o[:, None] * v
    to_n = e_n[:, :, None] * v[:, None]
    grad_in = torch.zeros_like(V_in)
    grad_in.index_add_(0, centre, grad_v)
    grad_out = torch.zeros_like(V_out)
    grad_out.index_add_(0, outside, to_o)
    grad_out.index_add_(0, negatives.reshape(-1), to_n.reshape(-1, V_out.shape[1]))
    return loss, grad_in, grad_out
