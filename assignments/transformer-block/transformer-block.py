# The Transformer block — check your work: autograder check transformer-block.py
# Le bloc Transformer — vérifiez votre travail : autograder check transformer-block.py

import torch
import torch.nn.functional as F

from autograder.checks import FLOAT32, close, shape


def sinusoidal(T: int, d: int) -> torch.Tensor:
    """Encodings of the positions 0 … T−1: sines in the even columns, cosines in the odd ones.

    T, d: at least 1; returns float32[T, d]. For odd d the last column is a sine without its cosine.
    sinusoidal(2, 2) -> tensor([[0.0000, 1.0000], [0.8415, 0.5403]])
    Source: Vaswani et al. 2017, "Attention Is All You Need", section 3.5.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def add_positions(x: torch.Tensor) -> torch.Tensor:
    """Embeddings with the encoding of their position added.

    x: [B, T, d]; returns the same shape and dtype. Token t of every sequence receives row t of `sinusoidal(T, d)`.
    add_positions(zeros(1, 1, 2)) -> tensor([[[0., 1.]]])
    Source: Vaswani et al. 2017, section 3.5.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def layer_norm(x: torch.Tensor, gamma: torch.Tensor, beta: torch.Tensor, eps: float = 1e-5) -> torch.Tensor:
    """Each vector along the last axis brought to mean 0 and variance 1, then scaled by gamma and shifted by beta.

    x: [..., d]; gamma, beta: [d]; eps: added to the variance; returns the shape and dtype of x.
    layer_norm(tensor([1., 3.]), ones(2), zeros(2)) -> tensor([-1., 1.])
    Source: Ba, Kiros & Hinton 2016, "Layer Normalization".
    """
    # YOUR CODE HERE
    raise NotImplementedError


def feed_forward(
    x: torch.Tensor, W_1: torch.Tensor, b_1: torch.Tensor, W_2: torch.Tensor, b_2: torch.Tensor
) -> torch.Tensor:
    """Two linear maps with a ReLU between them, applied to every token alike.

    x: [..., d]; W_1: [d, d_ff]; b_1: [d_ff]; W_2: [d_ff, d]; b_2: [d]; returns [..., d].
    feed_forward(tensor([-2.]), ones(1, 1), zeros(1), ones(1, 1), tensor([5.])) -> tensor([5.])
    Source: Vaswani et al. 2017, section 3.3, equation 2.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def multi_head_attention(
    x_q: torch.Tensor,
    x_kv: torch.Tensor,
    W_q: torch.Tensor,
    W_k: torch.Tensor,
    W_v: torch.Tensor,
    W_o: torch.Tensor,
    n_heads: int,
    mask: torch.Tensor | None = None,
) -> torch.Tensor:
    """Attention of x_q over x_kv with several heads, without biases.

    x_q: [B, T_q, d]; x_kv: [B, T_k, d]; W_q, W_k, W_v, W_o: [d, d], used as x @ W; n_heads divides d;
    mask: bool, broadcastable to [B, n_heads, T_q, T_k], True = attend, or None; returns [B, T_q, d].
    Source: Vaswani et al. 2017, section 3.2.2.
    """

    def heads(x: torch.Tensor) -> torch.Tensor:
        return x.unflatten(-1, (n_heads, -1)).transpose(1, 2)

    out = F.scaled_dot_product_attention(heads(x_q @ W_q), heads(x_kv @ W_k), heads(x_kv @ W_v), attn_mask=mask)
    return out.transpose(1, 2).flatten(-2) @ W_o


def encoder_layer(
    x: torch.Tensor,
    weights: dict[str, torch.Tensor],
    n_heads: int,
    mask: torch.Tensor | None = None,
    norm_first: bool = False,
) -> torch.Tensor:
    """One encoder layer: self-attention, then feed-forward, each with its residual connection and its layer norm.

    x: [B, T, d]; weights: W_q, W_k, W_v, W_o [d, d], W_1 [d, d_ff], b_1 [d_ff], W_2 [d_ff, d], b_2 [d],
    gamma_1, beta_1, gamma_2, beta_2 [d]; n_heads divides d; mask: bool, broadcastable to [B, n_heads, T, T],
    True = attend, or None; norm_first: pre-norm instead of post-norm; returns [B, T, d].
    Source: Vaswani et al. 2017, section 3.1 (post-norm); Radford et al. 2019, section 2.3 (pre-norm).
    """
    # YOUR CODE HERE
    raise NotImplementedError
