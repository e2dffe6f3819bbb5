"""Every sentence alone, cut to its real tokens: no padding is left to hide; only the future is, by prefixes."""

import math

import torch
import torch.nn.functional as F


def multi_head_attention(
    x_q,
    x_kv,
    W_q,
    W_k,
    W_v,
    W_o,
    n_heads,
    mask=None,
):

    def heads(x):
        return x.unflatten(-1, (n_heads, -1)).transpose(1, 2)

    out = F.scaled_dot_product_attention(heads(x_q @ W_q), heads(x_kv @ W_k), heads(x_kv @ W_v), attn_mask=mask)
    return out.transpose(1, 2).flatten(-2) @ W_o


def layer_norm(x, gamma, beta, eps=1e-5):
    return F.layer_norm(x, gamma.shape, gamma, beta, eps)


def feed_forward(x, W_1, b_1, W_2, b_2):
    return F.relu(x @ W_1 + b_1) @ W_2 + b_2


def add_positions(x):
    place, column = torch.arange(x.shape[1]).unsqueeze(1), torch.arange(x.shape[2])
    angle = place / 10_000 ** ((column - column % 2) / x.shape[2])
    return x + torch.where(column % 2 == 0, angle.sin(), angle.cos())


def encoder_layer(x, weights, n_heads, mask=None):
    attention = [weights[name] for name in ("W_q", "W_k", "W_v", "W_o")]
    network = [weights[name] for name in ("W_1", "b_1", "W_2", "b_2")]
    x = layer_norm(x + multi_head_attention(x, x, *attention, n_heads, mask), weights["gamma_1"], weights["beta_1"])
    return layer_norm(x + feed_forward(x, *network), weights["gamma_2"], weights["beta_2"])


def causal_mask(T):
    return torch.tensor([[key <= query for key in range(T)] for query in range(T)])


def pad_mask(ids, pad):
    B, T = ids.shape
    mask = torch.empty(B, 1, 1, T, dtype=torch.bool)
    for b in range(B):
        for t in range(T):
            mask[b, 0, 0, t] = int(ids[b, t]) != pad
    return mask


def embed(ids, table):
    return add_positions(math.sqrt(table.shape[-1]) * table[ids])


def _attend(x, source, layer, letter, n_heads, mask):
    return multi_head_attention(x, source, *(layer[f"{letter}_{role}"] for role in "qkvo"), n_heads, mask)


def _normed(x, layer, number):
    return layer_norm(x, layer[f"gamma_{number}"], layer[f"beta_{number}"])


def _network(x, layer):
    return feed_forward(x, layer["W_1"], layer["b_1"], layer["W_2"], layer["b_2"])


def decoder_layer(y, memory, weights, n_heads, self_mask=None, cross_mask=None):
    sublayers = (
        lambda h: _attend(h, h, weights, "W", n_heads, self_mask),
        lambda h: _attend(h, memory, weights, "C", n_heads, cross_mask),
        lambda h: _network(h, weights),
    )
    for number, sublayer in enumerate(sublayers, start=1):
        y = _normed(y + sublayer(y), weights, number)
    return y


def encode(src, weights, n_heads, pad):
    rows = []
    for sentence in src:
        real = int((sentence != pad).sum())
        x = embed(sentence[None, :real], weights["E_src"])
        for layer in weights["encoder"]:
            x = encoder_layer(x, layer, n_heads)
        rows.append(torch.cat([x[0], x.new_zeros(len(sentence) - real, x.shape[2])]))
    return torch.stack(rows)


def decode(tgt, memory, source_mask, weights, n_heads, pad):
    answers = []
    for ids, states, mask in zip(tgt, memory, source_mask, strict=True):
        states = states[mask.flatten()][None]
        y = embed(ids[None], weights["E_tgt"])
        for layer in weights["decoder"]:
            y = decoder_layer(y, states, layer, n_heads, causal_mask(len(ids)))
        answers.append(y[0] @ weights["W_out"] + weights["b_out"])
    return torch.stack(answers)


def generate(src, weights, n_heads, bos, eos, pad, max_len):
    answers = []
    for sentence in src:
        source = sentence[sentence != pad][None]
        memory, nothing_hidden = encode(source, weights, n_heads, pad), torch.ones(1, 1, 1, source.shape[1]).bool()
        ids = [bos]
        while len(ids) <= max_len:
            scores = decode(torch.tensor([ids]), memory, nothing_hidden, weights, n_heads, pad)[
                0, len(ids) - 1
            ].tolist()
            token = max(range(len(scores)), key=scores.__getitem__)
            if token == eos:
                break
            ids.append(token)
        answers.append(ids[1:])
    return answers
