"""Scores by einsum with masks that are added to them, and matrices cut by head; the result is computed in float64."""

import torch


def add_positions(x):
    place, column = torch.arange(x.shape[1]).unsqueeze(1), torch.arange(x.shape[2])
    angle = place / 10_000 ** ((column - column % 2) / x.shape[2])
    return x + torch.where(column % 2 == 0, angle.sin(), angle.cos())


def causal_mask(T):
    place = torch.arange(T)
    return place[:, None] >= place[None, :]


def pad_mask(ids, pad):
    return torch.where(ids == pad, False, True).reshape(len(ids), 1, 1, -1)


def embed(ids, table):
    wide = torch.einsum("btv,vd->btd", torch.nn.functional.one_hot(ids, len(table)).to(table.dtype), table)
    return add_positions(wide * table.shape[1] ** 0.5)


def additive(mask):
    """0 where a token may be looked at, a very low number where not."""
    return 0.0 if mask is None else (~mask).double() * -1e30


def heads_of(W, n_heads):
    return W.double().reshape(len(W), n_heads, -1)


def attention(x, source, w, letter, n_heads, mask):
    q = torch.einsum("btd,dhe->bhte", x, heads_of(w[f"{letter}_q"], n_heads))
    k = torch.einsum("bsd,dhe->bhse", source, heads_of(w[f"{letter}_k"], n_heads))
    v = torch.einsum("bsd,dhe->bhse", source, heads_of(w[f"{letter}_v"], n_heads))
    scores = torch.einsum("bhte,bhse->bhts", q, k) / q.shape[-1] ** 0.5 + additive(mask)
    out = w[f"{letter}_o"].double().reshape(n_heads, -1, x.shape[-1])
    return torch.einsum("bhts,bhse,hed->btd", scores.softmax(-1), v, out)


def norm(x, w, i):
    x = x - x.mean(-1, keepdim=True)
    return w[f"gamma_{i}"].double() * x / (x.pow(2).mean(-1, keepdim=True) + 1e-5).sqrt() + w[f"beta_{i}"].double()


def network(x, w):
    hidden = torch.einsum("btd,df->btf", x, w["W_1"].double()) + w["b_1"].double()
    return torch.einsum("btf,fd->btd", hidden.clamp(min=0), w["W_2"].double()) + w["b_2"].double()


def decoder_layer(y, memory, weights, n_heads, self_mask=None, cross_mask=None):
    h, m = y.double(), memory.double()
    h = norm(h + attention(h, h, weights, "W", n_heads, self_mask), weights, 1)
    h = norm(h + attention(h, m, weights, "C", n_heads, cross_mask), weights, 2)
    h = norm(h + network(h, weights), weights, 3)
    return h.to(y.dtype)


def encode(src, weights, n_heads, pad):
    x, mask = embed(src, weights["E_src"]), pad_mask(src, pad)
    h = x.double()
    for w in weights["encoder"]:
        h = norm(h + attention(h, h, w, "W", n_heads, mask), w, 1)
        h = norm(h + network(h, w), w, 2)
    return h.to(x.dtype)


def decode(tgt, memory, source_mask, weights, n_heads, pad):
    y = embed(tgt, weights["E_tgt"])
    for w in weights["decoder"]:
        y = decoder_layer(y, memory, w, n_heads, causal_mask(tgt.shape[1]), source_mask)
    return torch.einsum("btd,dv->btv", y, weights["W_out"]) + weights["b_out"]


def generate(src, weights, n_heads, bos, eos, pad, max_len):
    memory = encode(src, weights, n_heads, pad)
    places = torch.full((len(src), max_len + 1), pad)
    places[:, 0] = bos
    for t in range(max_len):
        scores = decode(places[:, : t + 1], memory, pad_mask(src, pad), weights, n_heads, pad)
        places[:, t + 1] = scores[:, t].max(dim=1).indices
    answers = []
    for row in places[:, 1:].tolist():
        end = next((t for t, token in enumerate(row) if token == eos), max_len)
        answers.append(row[:end])
    return answers
