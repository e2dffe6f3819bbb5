"""
loses: [sgns-edges]
hint:
  en: 'A small constant inside the logarithm hides the infinity but cuts the loss off, around 23 or 28, for the words that are worst placed.'
  fr: 'Une petite constante dans le logarithme cache l''infini mais plafonne la perte, vers 23 ou 28, pour les mots les plus mal placés.'
"""

import torch


def sgns_loss_grads(centre, outside, negatives, V_in, V_out):
    B, K = negatives.shape
    v, u_o, u_n = V_in[centre], V_out[outside], V_out[negatives]
    s_o = (u_o * v).sum(1)
    s_n = torch.einsum("bkd,bd->bk", u_n, v)
    loss = (-torch.sigmoid(s_o).clamp(min=1e-12).log() - torch.sigmoid(-s_n).clamp(min=1e-12).log().sum(1)).mean()
    e_o = (torch.sigmoid(s_o) - 1) / B
    e_n = torch.sigmoid(s_n) / B
    grad_v = e_o[:, None] * u_o + (e_n[:, :, None] * u_n).sum(1)
    to_o = e_o[:, None] * v
    to_n = e_n[:, :, None] * v[:, None]
    grad_in = torch.zeros_like(V_in)
    grad_in.index_add_(0, centre, grad_v)
    grad_out = torch.zeros_like(V_out)
    grad_out.index_add_(0, outside, to_o)
    grad_out.index_add_(0, negatives.reshape(-1), to_n.reshape(-1, V_out.shape[1]))
    return loss, grad_in, grad_out
