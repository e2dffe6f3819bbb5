# Scaled dot-product attention — check your work: autograder check attention.py
# L'attention par produit scalaire — vérifiez votre travail : autograder check attention.py

import math

import torch
from torch import Tensor

from autograder.checks import FLOAT32, close, expect, finite, gradients, parts, shape, unchanged


def softmax(x: Tensor, dim: int = -1) -> Tensor:
    """Probabilities along `dim` from scores of any size.

    x: [...], floating point, left unmodified; returns the same shape and dtype. Slices sum to 1 along `dim`;
    a score of -inf gets probability 0, and a slice of nothing but -inf gives zeros.
    softmax(tensor([0., 0.])) -> tensor([0.5, 0.5])
    Source: Bridle 1990, "Probabilistic Interpretation of Feedforward Classification Network Outputs".
    """
    # YOUR CODE HERE
    raise NotImplementedError


def scaled_dot_product_attention(
    q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None = None, scale: float | None = None
) -> tuple[Tensor, Tensor]:
    """Average of the values, weighted by how well each query matches each key.

    q: [..., T_q, d_k]; k: [..., T_k, d_k]; v: [..., T_k, d_v]; one floating dtype; left unmodified.
    mask: bool, broadcastable to [..., T_q, T_k], True = attend; None = attend to everything.
    scale: factor of the dot products; None = 1 / sqrt(d_k).
    Returns (out: [..., T_q, d_v], weights: [..., T_q, T_k]) in the dtype of the inputs; a query whose keys are
    all masked gets zeros in both.
    q = [[0.]], k = [[1.], [2.]], v = [[10.], [20.]] -> out [[15.]], weights [[0.5, 0.5]]
    Source: Vaswani et al. 2017, "Attention Is All You Need", section 3.2.1, equation 1.
    """
    # YOUR CODE HERE
    raise NotImplementedError
