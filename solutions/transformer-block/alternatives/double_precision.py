"""Computes in float64 throughout and hands back the dtype it was given."""

import numpy as np
import torch


def sinusoidal(T, d):
    steps = np.arange(T)[:, np.newaxis] / np.power(1e4, 2 * (np.arange(d) // 2) / d)
    return torch.from_numpy(np.where(np.arange(d) % 2 == 0, np.sin(steps), np.cos(steps)).astype(np.float32))


def add_positions(x):
    return torch.add(x, sinusoidal(x.shape[-2], x.shape[-1])).type_as(x)


def layer_norm(x, gamma, beta, eps=1e-5):
    wide = x.to(torch.float64)
    wide = wide - torch.mean(wide, -1, True)
    length = torch.linalg.vector_norm(torch.cat([wide, _root(eps * x.shape[-1], wide)], -1), dim=-1, keepdim=True)
    return (wide / length * x.shape[-1] ** 0.5 * gamma + beta).to(x.dtype)


def _root(value, like):
    """A last column sqrt(value): the length of the vector then counts it under the root."""
    return torch.full_like(like[..., :1], value**0.5)


def feed_forward(x, W_1, b_1, W_2, b_2):
    level = x.double().matmul(W_1.double()).add(b_1)
    return level.mul(level.gt(0)).matmul(W_2.double()).add(b_2).to(x.dtype)


def encoder_layer(x, weights, n_heads, mask=None, norm_first=False):
    exact = {name: value.double() for name, value in weights.items()}

    def norm(number, h):
        return layer_norm(h, exact[f"gamma_{number}"], exact[f"beta_{number}"])

    def attention(h):
        q, k, v = (torch.stack((h @ exact[name]).chunk(n_heads, dim=-1), dim=1) for name in ("W_q", "W_k", "W_v"))
        scores = q.matmul(k.mT) / q.shape[-1] ** 0.5
        if mask is not None:
            scores = scores + torch.zeros(mask.shape, dtype=scores.dtype).masked_fill(mask.logical_not(), -torch.inf)
        return torch.cat(scores.softmax(-1).matmul(v).unbind(dim=1), dim=-1) @ exact["W_o"]

    def network(h):
        return feed_forward(h, exact["W_1"], exact["b_1"], exact["W_2"], exact["b_2"])

    stream = x.double()
    if norm_first:
        stream = stream + attention(norm(1, stream))
        stream = stream + network(norm(2, stream))
    else:
        stream = norm(1, stream + attention(stream))
        stream = norm(2, stream + network(stream))
    return stream.to(x.dtype)
