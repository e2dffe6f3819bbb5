# Multi-head attention — check your work: autograder check multihead.py
# L'attention multi-têtes — vérifiez votre travail : autograder check multihead.py

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks import FLOAT32, close, expect, gradients, raises, same, shape, unchanged


def split_heads(x: Tensor, n_heads: int) -> Tensor:
    """The columns of each head, as a sequence of its own: head h gets the h-th slice of every token.

    x: [B, T, d], left unmodified; returns [B, n_heads, T, d / n_heads] in the dtype of x.
    Raises ValueError unless n_heads is a positive divisor of d.
    [[[0, 1, 2, 3], [4, 5, 6, 7]]], n_heads=2 -> [[[[0, 1], [4, 5]], [[2, 3], [6, 7]]]]
    Source: Vaswani et al. 2017, "Attention Is All You Need", section 3.2.2.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def merge_heads(x: Tensor) -> Tensor:
    """The slices of all heads side by side, token by token: undoes split_heads.

    x: [B, H, T, d_h], left unmodified; returns [B, T, H * d_h] in the dtype of x.
    [[[[0, 1], [4, 5]], [[2, 3], [6, 7]]]] -> [[[0, 1, 2, 3], [4, 5, 6, 7]]]
    Source: Vaswani et al. 2017, "Attention Is All You Need", section 3.2.2.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def combine_masks(keep: Tensor | None = None, allowed: Tensor | None = None) -> Tensor | None:
    """One mask, lined up with scores of shape [B, H, T_q, T_k], from a padding mask and a rule for all sequences.

    keep: bool [B, T_k], True = a real token; allowed: bool [T_q, T_k], True = this query may attend to this key;
    either may be None; both left unmodified. Returns bool, True = attend: [B, 1, 1, T_k] from keep alone,
    [1, 1, T_q, T_k] from allowed alone, [B, 1, T_q, T_k] from both, None from neither.
    keep = [[True, False]], allowed = [[True, True], [False, True]] -> [[[[True, False], [False, False]]]]
    """
    # YOUR CODE HERE
    raise NotImplementedError


def multi_head_attention(
    x_q: Tensor,
    x_kv: Tensor,
    W_q: Tensor,
    W_k: Tensor,
    W_v: Tensor,
    W_o: Tensor,
    n_heads: int,
    mask: Tensor | None = None,
) -> Tensor:
    """Attention of x_q over x_kv in n_heads = H heads, whose answers stand side by side and are mixed by W_o.

    x_q: [B, T_q, d_q]; x_kv: [B, T_k, d_kv]; one floating dtype; left unmodified, like the matrices.
    W_q: [d_q, H*d_k]; W_k: [d_kv, H*d_k]; W_v: [d_kv, H*d_v]; W_o: [H*d_v, d_out]; used as x @ W, no biases.
    mask: bool, [T_q, T_k] or [B, H, T_q, T_k], any size but the last may be 1, True = attend; None = attend to all.
    Returns [B, T_q, d_out] in the dtype of the inputs; zeros for a query whose keys are all masked.
    Raises ValueError unless n_heads is a positive divisor of the widths of queries, keys and values.
    x_q = [[[1., 1.]]], x_kv = [[[4., 8.]]], four identities [2, 2], n_heads=2 -> [[[4., 8.]]]
    Source: Vaswani et al. 2017, "Attention Is All You Need", section 3.2.2.
    """
    # YOUR CODE HERE
    raise NotImplementedError
