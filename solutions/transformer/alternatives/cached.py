"""Generation with a KV cache: each step computes the new position only, and keeps the keys and values of the others."""

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
    return torch.full((T, T), True).triu().transpose(0, 1)


def pad_mask(ids, pad):
    return torch.logical_not(ids.eq(pad)).view(ids.size(0), 1, 1, ids.size(1))


def embed(ids, table):
    return add_positions(table.index_select(0, ids.flatten()).view(*ids.shape, -1) * table.shape[1] ** 0.5)


def split(x, n_heads):
    return x.reshape(x.shape[0], x.shape[1], n_heads, -1).permute(0, 2, 1, 3)


def finish(y, w, seen, name, number):
    mixed = seen.permute(0, 2, 1, 3).reshape(y.shape) @ w[f"{name}_o"]
    return layer_norm(y + mixed, w[f"gamma_{number}"], w[f"beta_{number}"])


def steps(y, w, n_heads, keys, values, self_mask, cross_keys, cross_values, cross_mask):
    seen = F.scaled_dot_product_attention(split(y @ w["W_q"], n_heads), keys, values, attn_mask=self_mask)
    y = finish(y, w, seen, "W", 1)
    seen = F.scaled_dot_product_attention(split(y @ w["C_q"], n_heads), cross_keys, cross_values, attn_mask=cross_mask)
    y = finish(y, w, seen, "C", 2)
    return layer_norm(y + feed_forward(y, w["W_1"], w["b_1"], w["W_2"], w["b_2"]), w["gamma_3"], w["beta_3"])


def pair(x, w, name, n_heads):
    return split(x @ w[f"{name}_k"], n_heads), split(x @ w[f"{name}_v"], n_heads)


def decoder_layer(y, memory, weights, n_heads, self_mask=None, cross_mask=None):
    own, crossed = pair(y, weights, "W", n_heads), pair(memory, weights, "C", n_heads)
    return steps(y, weights, n_heads, *own, self_mask, *crossed, cross_mask)


def encode(src, weights, n_heads, pad):
    state = embed(src, weights["E_src"])
    for number in range(len(weights["encoder"])):
        state = encoder_layer(state, weights["encoder"][number], n_heads, pad_mask(src, pad))
    return state


def decode(tgt, memory, source_mask, weights, n_heads, pad):
    state = embed(tgt, weights["E_tgt"])
    seen = torch.minimum(causal_mask(tgt.shape[1]), pad_mask(tgt, pad))
    for number in range(len(weights["decoder"])):
        state = decoder_layer(state, memory, weights["decoder"][number], n_heads, seen, source_mask)
    return torch.addmm(weights["b_out"], state.flatten(0, 1), weights["W_out"]).unflatten(0, tgt.shape)


def generate(src, weights, n_heads, bos, eos, pad, max_len):
    memory, source_mask = encode(src, weights, n_heads, pad), pad_mask(src, pad)
    crossed = [pair(memory, w, "C", n_heads) for w in weights["decoder"]]
    kept = [None] * len(crossed)
    written = torch.full((len(src), 1), bos)
    ended = torch.zeros(len(src), dtype=torch.bool)
    lengths = torch.full((len(src),), max_len)
    for t in range(max_len):
        y = embed(written, weights["E_tgt"])[:, t:]
        for number, w in enumerate(weights["decoder"]):
            new = pair(y, w, "W", n_heads)
            kept[number] = (
                new if t == 0 else tuple(torch.cat(both, dim=2) for both in zip(kept[number], new, strict=True))
            )
            y = steps(y, w, n_heads, *kept[number], None, *crossed[number], source_mask)
        token = (y[:, 0] @ weights["W_out"] + weights["b_out"]).argmax(1)
        lengths[token.eq(eos) & ~ended] = t
        ended |= token.eq(eos)
        written = torch.cat([written, token[:, None]], dim=1)
    return [row[1 : 1 + length].tolist() for row, length in zip(written, lengths.tolist(), strict=True)]
