"""Plain Python over tokens, heads and columns, with only vector products from torch."""

import math

import torch


def sinusoidal(T, d):
    rows = []
    for t in range(T):
        row = []
        for i in range(0, d, 2):
            angle = t * math.exp(-i * math.log(10000.0) / d)
            row += [math.sin(angle), math.cos(angle)]
        rows.append(row[:d])
    return torch.tensor(rows, dtype=torch.float32)


def add_positions(x):
    placed = x.clone()
    for sequence in placed:
        for token, encoding in zip(sequence, sinusoidal(*sequence.shape), strict=True):
            token += encoding
    return placed


def _norm_of_one(token, gamma, beta, eps):
    mean = sum(token) / len(token)
    variance = sum((value - mean) ** 2 for value in token) / len(token)
    return torch.stack(
        [g * (value - mean) / (variance + eps) ** 0.5 + b for value, g, b in zip(token, gamma, beta, strict=True)]
    )


def layer_norm(x, gamma, beta, eps=1e-5):
    if x.dim() == 1:
        return _norm_of_one(x, gamma, beta, eps)
    return torch.stack([layer_norm(part, gamma, beta, eps) for part in x])


def feed_forward(x, W_1, b_1, W_2, b_2):
    if x.dim() > 1:
        return torch.stack([feed_forward(part, W_1, b_1, W_2, b_2) for part in x])
    answer = b_2
    for neuron in range(W_1.shape[1]):
        level = torch.dot(x, W_1[:, neuron]) + b_1[neuron]
        if level > 0:
            answer = answer + level * W_2[neuron]
    # Neurons at rest still take part in the graph, so that every weight has a gradient.
    return answer + 0 * (W_1.sum() + b_1.sum() + W_2.sum() + x.sum())


def _attend_one_head(x, W_q, W_k, W_v, allowed):
    q, k, v = x @ W_q, x @ W_k, x @ W_v
    rows = []
    for t in range(len(x)):
        chosen = [s for s in range(len(x)) if allowed[t, s]]
        share = torch.softmax(torch.stack([torch.dot(q[t], k[s]) / math.sqrt(len(q[t])) for s in chosen]), dim=0)
        rows.append(sum(p * v[s] for p, s in zip(share, chosen, strict=True)))
    return torch.stack(rows)


def _attention(x, weights, n_heads, mask):
    B, T, d = x.shape
    size = d // n_heads
    allowed = torch.ones(B, n_heads, T, T, dtype=torch.bool)
    if mask is not None:
        allowed = allowed & mask
    sequences = []
    for b in range(B):
        heads = []
        for h in range(n_heads):
            columns = slice(h * size, (h + 1) * size)
            matrices = [weights[name][:, columns] for name in ("W_q", "W_k", "W_v")]
            heads.append(_attend_one_head(x[b], *matrices, allowed[b, h]))
        sequences.append(torch.cat(heads, dim=1) @ weights["W_o"])
    return torch.stack(sequences)


def encoder_layer(x, weights, n_heads, mask=None, norm_first=False):
    sublayers = [
        lambda h: _attention(h, weights, n_heads, mask),
        lambda h: feed_forward(h, weights["W_1"], weights["b_1"], weights["W_2"], weights["b_2"]),
    ]
    for number, sublayer in enumerate(sublayers, start=1):
        scale, shift = weights[f"gamma_{number}"], weights[f"beta_{number}"]
        entry = layer_norm(x, scale, shift) if norm_first else x
        x = x + sublayer(entry)
        x = x if norm_first else layer_norm(x, scale, shift)
    return x
