# The Transformer, encoder and decoder — check your work: autograder check transformer.py
# Le Transformer, encodeur et décodeur — vérifiez votre travail : autograder check transformer.py

import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks import FLOAT32, close, gradients, same, shape, unchanged


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
    """Attention of x_q over x_kv with several heads, without biases.

    x_q: [B, T_q, d]; x_kv: [B, T_k, d]; W_q, W_k, W_v, W_o: [d, d], used as x @ W; n_heads divides d;
    mask: bool, broadcastable to [B, n_heads, T_q, T_k], True = attend, or None; returns [B, T_q, d].
    Source: Vaswani et al. 2017, section 3.2.2.
    """

    def heads(x: Tensor) -> Tensor:
        return x.unflatten(-1, (n_heads, -1)).transpose(1, 2)

    out = F.scaled_dot_product_attention(heads(x_q @ W_q), heads(x_kv @ W_k), heads(x_kv @ W_v), attn_mask=mask)
    return out.transpose(1, 2).flatten(-2) @ W_o


def layer_norm(x: Tensor, gamma: Tensor, beta: Tensor, eps: float = 1e-5) -> Tensor:
    """Each vector along the last axis brought to mean 0 and variance 1, then scaled by gamma and shifted by beta."""
    return F.layer_norm(x, gamma.shape, gamma, beta, eps)


def feed_forward(x: Tensor, W_1: Tensor, b_1: Tensor, W_2: Tensor, b_2: Tensor) -> Tensor:
    """Two linear maps with a ReLU between them, applied to every token alike. x: [..., d]; returns [..., d]."""
    return F.relu(x @ W_1 + b_1) @ W_2 + b_2


def add_positions(x: Tensor) -> Tensor:
    """Embeddings [B, T, d] with the sinusoidal encoding of their position added (Vaswani et al. 2017, section 3.5)."""
    place, column = torch.arange(x.shape[1]).unsqueeze(1), torch.arange(x.shape[2])
    angle = place / 10_000 ** ((column - column % 2) / x.shape[2])
    return x + torch.where(column % 2 == 0, angle.sin(), angle.cos())


def encoder_layer(x: Tensor, weights: dict[str, Tensor], n_heads: int, mask: Tensor | None = None) -> Tensor:
    """One encoder layer (post-norm): self-attention, then feed-forward, each with its residual connection and norm.

    x: [B, T, d]; weights: W_q, W_k, W_v, W_o [d, d], W_1 [d, d_ff], b_1 [d_ff], W_2 [d_ff, d], b_2 [d],
    gamma_1, beta_1, gamma_2, beta_2 [d]; mask: broadcastable to [B, n_heads, T, T]; returns [B, T, d].
    """
    attention = [weights[name] for name in ("W_q", "W_k", "W_v", "W_o")]
    network = [weights[name] for name in ("W_1", "b_1", "W_2", "b_2")]
    x = layer_norm(x + multi_head_attention(x, x, *attention, n_heads, mask), weights["gamma_1"], weights["beta_1"])
    return layer_norm(x + feed_forward(x, *network), weights["gamma_2"], weights["beta_2"])


def causal_mask(T: int) -> Tensor:
    """Which positions each position may look at: itself and those before it.

    T: at least 1; returns bool[T, T], True = may be attended to; row: who asks, column: who is looked at.
    causal_mask(2) -> tensor([[True, False], [True, True]])
    Source: Vaswani et al. 2017, "Attention Is All You Need", section 3.2.3.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def pad_mask(ids: Tensor, pad: int) -> Tensor:
    """Which tokens may be looked at: those that are not padding.

    ids: int64[B, T]; pad: the id of padding; returns bool[B, 1, 1, T], True = may be attended to.
    pad_mask(tensor([[5, 9]]), 9) -> tensor([[[[True, False]]]])
    """
    # YOUR CODE HERE
    raise NotImplementedError


def embed(ids: Tensor, table: Tensor) -> Tensor:
    """What enters the first layer: embeddings times the square root of d, plus the positions.

    ids: int64[B, T]; table: [V, d]; returns [B, T, d].
    Source: Vaswani et al. 2017, sections 3.4 and 3.5.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def decoder_layer(
    y: Tensor,
    memory: Tensor,
    weights: dict[str, Tensor],
    n_heads: int,
    self_mask: Tensor | None = None,
    cross_mask: Tensor | None = None,
) -> Tensor:
    """One decoder layer (post-norm): masked self-attention, cross-attention over memory, feed-forward.

    y: [B, T, d]; memory: [B, S, d]; weights: W_q, W_k, W_v, W_o, C_q, C_k, C_v, C_o [d, d], W_1 [d, d_ff], b_1 [d_ff],
    W_2 [d_ff, d], b_2 [d], gamma_i, beta_i [d] for i = 1, 2, 3; n_heads divides d; self_mask: bool, broadcastable to
    [B, n_heads, T, T]; cross_mask: to [B, n_heads, T, S]; True = attend, None = nothing hidden; returns [B, T, d].
    Source: Vaswani et al. 2017, section 3.1 and figure 1.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def encode(src: Tensor, weights: dict[str, Tensor | list[dict[str, Tensor]]], n_heads: int, pad: int) -> Tensor:
    """Reads the source: one vector per token, made with all the others in view.

    src: int64[B, S], padded with pad at the end; weights: E_src [V_src, d], encoder (a list of dicts, one per layer);
    returns memory: [B, S, d], free at padding positions.
    Source: Vaswani et al. 2017, section 3.1.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def decode(
    tgt: Tensor,
    memory: Tensor,
    source_mask: Tensor,
    weights: dict[str, Tensor | list[dict[str, Tensor]]],
    n_heads: int,
    pad: int,
) -> Tensor:
    """Scores of the token that follows each token of the target, all computed at once.

    tgt: int64[B, T], from <s> on, padded with pad at the end; memory: [B, S, d]; source_mask: bool[B, 1, 1, S];
    weights: E_tgt [V, d], decoder (a list of dicts, one per layer), W_out [d, V], b_out [V];
    returns logits: [B, T, V]; logits[:, t] is about the token after tgt[:, t]; free at padding positions.
    Source: Vaswani et al. 2017, sections 3.1, 3.2.3 and 3.4.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def generate(
    src: Tensor,
    weights: dict[str, Tensor | list[dict[str, Tensor]]],
    n_heads: int,
    bos: int,
    eos: int,
    pad: int,
    max_len: int,
) -> list[list[int]]:
    """The most likely next token, over and over: ids from after <s> to before </s>.

    src: int64[B, S], padded with pad at the end; weights: all of the model's; max_len >= 0: tokens written at most.
    Returns B lists of ints, without bos at the start and eos at the end; of equal logits the smallest id wins.
    Source: Vaswani et al. 2017, section 3.1 ("auto-regressive"); they keep several candidates (a beam), this keeps one.
    """
    # YOUR CODE HERE
    raise NotImplementedError
