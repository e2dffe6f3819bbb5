"""The paper's own order: one head after the other, each with its slice of the matrices, then concatenation."""

import torch
import torch.nn.functional as F


def split_heads(x, n_heads):
    width = x.size(2)
    if n_heads not in range(1, width + 1) or width % n_heads:
        raise ValueError("the width must be a multiple of the number of heads")
    return torch.stack(x.chunk(n_heads, dim=2), dim=1)


def merge_heads(x):
    return torch.cat(x.unbind(dim=1), dim=2)


def combine_masks(keep=None, allowed=None):
    if keep is None:
        return None if allowed is None else allowed.unsqueeze(0).unsqueeze(0)
    wide = keep.unsqueeze(1).unsqueeze(1)
    return wide if allowed is None else torch.logical_and(wide, allowed.unsqueeze(0))


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    if n_heads < 1 or any(W.size(1) % n_heads for W in (W_q, W_k, W_v)):
        raise ValueError("the width must be a multiple of the number of heads")
    if mask is not None:
        mask = mask.expand(x_q.size(0), n_heads, x_q.size(1), x_kv.size(1))
    d_k, d_v = W_q.size(1) // n_heads, W_v.size(1) // n_heads
    answers = []
    for h in range(n_heads):
        low, high = h * d_k, (h + 1) * d_k
        q, k = x_q @ W_q[:, low:high], x_kv @ W_k[:, low:high]
        v = x_kv @ W_v[:, h * d_v : (h + 1) * d_v]
        answers.append(F.scaled_dot_product_attention(q, k, v, attn_mask=None if mask is None else mask[:, h]))
    return torch.cat(answers, dim=-1) @ W_o
