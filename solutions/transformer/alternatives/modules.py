"""Modules around the weights, as one writes them with nn.Module; sentences end in a set of rows still going."""

import torch
import torch.nn.functional as F
from torch import nn


class Attention(nn.Module):
    def __init__(self, weights, letter, n_heads):
        super().__init__()
        self.maps = [weights[f"{letter}_{role}"] for role in "qkvo"]
        self.n_heads = n_heads

    def forward(self, x, source, mask):
        B, T, d = x.size()
        q, k, v = (
            (each @ matrix).view(B, each.size(1), self.n_heads, d // self.n_heads).transpose(1, 2)
            for each, matrix in zip((x, source, source), self.maps, strict=False)
        )
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        return seen.transpose(1, 2).reshape(B, T, d) @ self.maps[3]


class Norm(nn.Module):
    def __init__(self, weights, number):
        super().__init__()
        self.gamma, self.beta = weights[f"gamma_{number}"], weights[f"beta_{number}"]

    def forward(self, x):
        return F.layer_norm(x, (x.size(-1),), self.gamma, self.beta)


class FeedForward(nn.Module):
    def __init__(self, weights):
        super().__init__()
        self.weights = weights

    def forward(self, x):
        w = self.weights
        return F.linear(F.relu(F.linear(x, w["W_1"].T, w["b_1"])), w["W_2"].T, w["b_2"])


class EncoderLayer(nn.Module):
    def __init__(self, weights, n_heads):
        super().__init__()
        self.attention, self.network = Attention(weights, "W", n_heads), FeedForward(weights)
        self.first, self.second = Norm(weights, 1), Norm(weights, 2)

    def forward(self, x, mask):
        x = self.first(x + self.attention(x, x, mask))
        return self.second(x + self.network(x))


class DecoderLayer(nn.Module):
    def __init__(self, weights, n_heads):
        super().__init__()
        self.own, self.cross = Attention(weights, "W", n_heads), Attention(weights, "C", n_heads)
        self.network = FeedForward(weights)
        self.norms = [Norm(weights, number) for number in (1, 2, 3)]

    def forward(self, y, memory, own_mask, cross_mask):
        y = self.norms[0](y + self.own(y, y, own_mask))
        y = self.norms[1](y + self.cross(y, memory, cross_mask))
        return self.norms[2](y + self.network(y))


def causal_mask(T):
    return ~torch.triu(torch.ones(T, T), diagonal=1).bool()


def pad_mask(ids, pad):
    return ids.ne(pad).unsqueeze(1).unsqueeze(2)


def embed(ids, table):
    B, T = ids.size()
    d = table.size(1)
    angles = torch.outer(torch.arange(T).float(), 10000.0 ** -(torch.arange(0, d, 2).float() / d))
    places = torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1)[:, :d]
    return F.embedding(ids, table) * d**0.5 + places.to(table.dtype)


def decoder_layer(y, memory, weights, n_heads, self_mask=None, cross_mask=None):
    return DecoderLayer(weights, n_heads)(y, memory, self_mask, cross_mask)


def encode(src, weights, n_heads, pad):
    x, mask = embed(src, weights["E_src"]), pad_mask(src, pad)
    for layer in weights["encoder"]:
        x = EncoderLayer(layer, n_heads)(x, mask)
    return x


def decode(tgt, memory, source_mask, weights, n_heads, pad):
    y = embed(tgt, weights["E_tgt"])
    mask = pad_mask(tgt, pad).logical_and(causal_mask(tgt.size(1)))
    for layer in weights["decoder"]:
        y = DecoderLayer(layer, n_heads)(y, memory, mask, source_mask)
    return F.linear(y, weights["W_out"].T, weights["b_out"])


@torch.no_grad()
def generate(src, weights, n_heads, bos, eos, pad, max_len):
    memory = encode(src, weights, n_heads, pad)
    read = [[bos] for _ in src]
    answer = [[] for _ in src]
    going = set(range(len(src)))
    while going and len(read[0]) <= max_len:
        best = decode(torch.tensor(read), memory, pad_mask(src, pad), weights, n_heads, pad)[:, -1].argmax(1).tolist()
        going = {row for row in going if best[row] != eos}
        for row, token in enumerate(best):
            read[row].append(token)
            if row in going:
                answer[row].append(token)
    return answer
