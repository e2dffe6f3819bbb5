"""Heads folded into the batch: sequences of one head each, multiplied with bmm, as in the first Transformer codes."""

import math

import torch


def split_heads(x, n_heads):
    B, T, d = x.shape
    if n_heads < 1 or d != n_heads * (d // n_heads):
        raise ValueError(f"cannot fold {d} columns into {n_heads} heads")
    return x.reshape(B, T, n_heads, d // n_heads).permute(0, 2, 1, 3)


def merge_heads(x):
    return x.permute(0, 2, 1, 3).reshape(x.shape[0], x.shape[2], -1)


def combine_masks(keep=None, allowed=None):
    if keep is None and allowed is None:
        return None
    mask = torch.ones(1, 1, 1, 1, dtype=torch.bool)
    if keep is not None:
        mask = mask & keep[:, None, None]
    if allowed is not None:
        mask = mask & allowed
    return mask


def _fold(x):
    return x.reshape(-1, *x.shape[2:])


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    B, T_q, T_k = x_q.shape[0], x_q.shape[1], x_kv.shape[1]
    q, k, v = (_fold(split_heads(torch.matmul(x, W), n_heads)) for x, W in ((x_q, W_q), (x_kv, W_k), (x_kv, W_v)))
    scores = torch.bmm(q, k.mT) / math.sqrt(q.shape[-1])
    if mask is not None:
        hidden = _fold(torch.logical_not(mask).expand(B, n_heads, T_q, T_k))
        scores = scores.masked_fill(hidden, torch.finfo(scores.dtype).min)
        weights = torch.softmax(scores, dim=-1).masked_fill(hidden, 0.0)
    else:
        weights = scores.softmax(dim=-1)
    answers = torch.bmm(weights, v)
    return torch.matmul(merge_heads(answers.reshape(B, n_heads, T_q, -1)), W_o)
