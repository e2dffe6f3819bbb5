"""nn.Module classes inside, with torch's own linear maps and attention; the functions only load the weights."""

import torch
from torch import nn


class LayerNorm(nn.Module):
    def __init__(self, gamma, beta, eps=1e-5):
        super().__init__()
        self.gamma, self.beta, self.eps = gamma, beta, eps

    def forward(self, x):
        variance, mean = torch.var_mean(x, dim=-1, correction=0, keepdim=True)
        return torch.addcmul(self.beta, (x - mean) * (variance + self.eps).rsqrt(), self.gamma)


class FeedForward(nn.Module):
    def __init__(self, W_1, b_1, W_2, b_2):
        super().__init__()
        self.widen, self.narrow = (W_1.T, b_1), (W_2.T, b_2)

    def forward(self, x):
        return nn.functional.linear(nn.functional.linear(x, *self.widen).clamp(min=0), *self.narrow)


class SelfAttention(nn.Module):
    def __init__(self, weights, n_heads, mask):
        super().__init__()
        d = len(weights["W_q"])
        self.inner = nn.MultiheadAttention(d, n_heads, bias=False, batch_first=True)
        self.n_heads, self.mask = n_heads, mask
        with torch.no_grad():
            self.inner.in_proj_weight.copy_(torch.cat([weights[n] for n in ("W_q", "W_k", "W_v")], dim=1).T)
            self.inner.out_proj.weight.copy_(weights["W_o"].T)

    def forward(self, x):
        hidden = None
        if self.mask is not None:
            B, T, _ = x.shape
            hidden = ~self.mask.expand(B, self.n_heads, T, T).reshape(B * self.n_heads, T, T)
        return self.inner(x, x, x, attn_mask=hidden, need_weights=False)[0]


class Residual(nn.Module):
    def __init__(self, sublayer, norm, norm_first):
        super().__init__()
        self.sublayer, self.norm, self.norm_first = sublayer, norm, norm_first

    def forward(self, x):
        return x + self.sublayer(self.norm(x)) if self.norm_first else self.norm(x + self.sublayer(x))


class Positions(nn.Module):
    def forward(self, x):
        return x + sinusoidal(x.size(1), x.size(2)).to(x)


def sinusoidal(T, d):
    column = torch.arange(d)
    speed = torch.pow(10000.0, -(column - column % 2) / d)
    quarter_turn = (column % 2) * (torch.pi / 2)
    return torch.sin(torch.arange(T)[:, None].double() * speed.double() + quarter_turn).float()


def add_positions(x):
    return Positions()(x)


def layer_norm(x, gamma, beta, eps=1e-5):
    return LayerNorm(gamma, beta, eps)(x)


def feed_forward(x, W_1, b_1, W_2, b_2):
    return FeedForward(W_1, b_1, W_2, b_2)(x)


def encoder_layer(x, weights, n_heads, mask=None, norm_first=False):
    attention = SelfAttention(weights, n_heads, mask)
    network = FeedForward(*(weights[n] for n in ("W_1", "b_1", "W_2", "b_2")))
    norms = [LayerNorm(weights[f"gamma_{i}"], weights[f"beta_{i}"]) for i in (1, 2)]
    blocks = [Residual(part, norm, norm_first) for part, norm in zip((attention, network), norms, strict=True)]
    return nn.Sequential(*blocks)(x)
