"""As few lines as torch allows: linear, tensor_split, unfold and the fused attention."""

import torch
import torch.nn.functional as F


def split_heads(x, n_heads):
    if n_heads <= 0:
        raise ValueError("at least one head")
    size, left_over = divmod(x.size(-1), n_heads)
    if left_over or not size:
        raise ValueError("every head needs as many columns as the others")
    return x.unfold(-1, size, size).swapaxes(1, 2)


def merge_heads(x):
    return x.movedim(1, 2).flatten(start_dim=-2)


def combine_masks(keep=None, allowed=None):
    if keep is None:
        return allowed if allowed is None else allowed.view(1, 1, *allowed.size())
    padding = keep.view(keep.size(0), 1, 1, keep.size(1))
    return padding if allowed is None else torch.where(allowed, padding, False)


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    both = F.linear(x_kv, torch.cat((W_k, W_v), dim=1).mT)
    keys, values = both.tensor_split([W_k.size(1)], dim=-1)
    heads = [split_heads(x, n_heads) for x in (F.linear(x_q, W_q.mT), keys, values)]
    return F.linear(merge_heads(F.scaled_dot_product_attention(*heads, mask)), W_o.mT)
