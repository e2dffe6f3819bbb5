"""Everything as einsum and complex numbers: each pair of columns is one turning point on the unit circle."""

import torch


def sinusoidal(T, d):
    pairs = (d + 1) // 2
    speed = torch.logspace(0, -4 * 2 * (pairs - 1) / d, pairs, dtype=torch.float64)
    turn = torch.einsum("t,p->tp", torch.arange(T, dtype=torch.float64), speed)
    points = torch.polar(torch.ones_like(turn), turn)
    return torch.stack((points.imag, points.real), dim=-1).reshape(T, 2 * pairs)[:, :d].float()


def add_positions(x):
    return torch.einsum("btd->btd", x) + sinusoidal(*x.shape[1:]).to(x.dtype)


def layer_norm(x, gamma, beta, eps=1e-5):
    d = x.shape[-1]
    average = torch.einsum("...d->...", x)[..., None] / d
    spread = torch.einsum("...d,...d->...", x - average, x - average)[..., None] / d
    return torch.einsum("...d,d,...e->...d", x - average, gamma, torch.rsqrt(spread + eps)) + beta


def feed_forward(x, W_1, b_1, W_2, b_2):
    pre = torch.einsum("...i,ij->...j", x, W_1) + b_1
    return torch.einsum("...j,jk->...k", torch.where(pre > 0, pre, torch.zeros_like(pre)), W_2) + b_2


def _attention(x, weights, n_heads, mask):
    B, T, d = x.shape
    split = {n: weights[n].reshape(d, n_heads, d // n_heads) for n in ("W_q", "W_k", "W_v")}
    q, k, v = (torch.einsum("btd,dhe->bhte", x, W) for W in split.values())
    scores = torch.einsum("bhqe,bhke->bhqk", q, k) * (d // n_heads) ** -0.5
    if mask is not None:
        scores = torch.where(mask, scores, torch.tensor(float("-inf"), dtype=scores.dtype))
    mixed = torch.einsum("bhqk,bhke->bqhe", torch.softmax(scores, -1), v)
    return torch.einsum("bqhe,hed->bqd", mixed, weights["W_o"].reshape(n_heads, d // n_heads, d))


def encoder_layer(x, weights, n_heads, mask=None, norm_first=False):
    network = [weights[n] for n in ("W_1", "b_1", "W_2", "b_2")]
    first, second = ((weights[f"gamma_{i}"], weights[f"beta_{i}"]) for i in (1, 2))
    if not norm_first:
        middle = layer_norm(x + _attention(x, weights, n_heads, mask), *first)
        return layer_norm(middle + feed_forward(middle, *network), *second)
    middle = x + _attention(layer_norm(x, *first), weights, n_heads, mask)
    return middle + feed_forward(layer_norm(middle, *second), *network)
