"""Keys down, queries across: scores are built transposed in one flat batch, and softmax runs down the columns."""

import math

import torch


def softmax(x, dim=-1):
    dim = dim % x.ndim
    with torch.no_grad():
        peak = torch.nan_to_num(x.max(dim=dim, keepdim=True)[0], neginf=0.0, posinf=math.inf)
    e = torch.exp(x.sub(peak))
    z = torch.sum(e, dim, True)
    return e.div(torch.where(z > 0, z, 1.0))


def _as_batch(x):
    return x.reshape(math.prod(x.shape[:-2]), *x.shape[-2:])


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    lead, t_q, t_k = q.shape[:-2], q.shape[-2], k.shape[-2]
    if scale is None:
        scale = 1 / math.sqrt(k.shape[-1])
    columns = torch.bmm(_as_batch(k), _as_batch(q).mT).mul(scale)
    if mask is not None:
        hidden = _as_batch(torch.broadcast_to(~mask, (*lead, t_q, t_k))).mT
        columns = columns + torch.zeros_like(columns).masked_fill_(hidden, -math.inf)
    weights = softmax(columns, 1).mT
    return torch.bmm(weights, _as_batch(v)).reshape(*lead, t_q, -1), weights.reshape(*lead, t_q, t_k)
