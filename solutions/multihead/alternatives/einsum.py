"""Index notation all the way: the weights are seen as one small matrix per head, and the softmax is written out."""

import torch


def _check(width, n_heads):
    if n_heads <= 0 or width % n_heads:
        raise ValueError(f"{width} columns, {n_heads} heads")


def split_heads(x, n_heads):
    B, T, d = x.shape
    _check(d, n_heads)
    return torch.einsum("bthc->bhtc", x.reshape(B, T, n_heads, d // n_heads))


def merge_heads(x):
    B, H, T, c = x.shape
    return torch.einsum("bhtc->bthc", x).reshape(B, T, H * c)


def combine_masks(keep=None, allowed=None):
    if keep is not None and allowed is not None:
        return torch.einsum("bk,qk->bqk", keep.int(), allowed.int()).bool().unsqueeze(1)
    if keep is not None:
        return keep.reshape(keep.shape[0], 1, 1, keep.shape[1])
    return None if allowed is None else allowed.reshape(1, 1, *allowed.shape)


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    for W in (W_q, W_k, W_v):
        _check(W.shape[1], n_heads)
    per_head_q, per_head_k, per_head_v = (W.reshape(W.shape[0], n_heads, -1) for W in (W_q, W_k, W_v))
    q = torch.einsum("btd,dhc->bhtc", x_q, per_head_q)
    k = torch.einsum("btd,dhc->bhtc", x_kv, per_head_k)
    v = torch.einsum("btd,dhc->bhtc", x_kv, per_head_v)
    scores = torch.einsum("bhqc,bhkc->bhqk", q, k) * q.shape[-1] ** -0.5
    seen = torch.ones_like(scores, dtype=torch.bool) if mask is None else mask.expand_as(scores)
    peak = scores.masked_fill(~seen, -1e4).amax(-1, keepdim=True).detach()
    grown = torch.where(seen, torch.exp(torch.where(seen, scores - peak, 0.0)), 0.0)
    total = grown.sum(-1, keepdim=True)
    weights = grown / torch.where(total > 0, total, 1.0)
    return torch.einsum("bhqk,bhkc,hco->bqo", weights, v, W_o.reshape(n_heads, -1, W_o.shape[1]))
