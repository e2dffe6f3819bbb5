"""One query at a time, over the keys it may see: the masked ones are never computed."""

from itertools import product

import torch


def softmax(x, dim=-1):
    slices = x.movedim(dim, -1)
    flat = slices.reshape(-1, slices.shape[-1])
    rows = torch.stack([_softmax_of_row(row) for row in flat])
    return rows.reshape(slices.shape).movedim(-1, dim)


def _softmax_of_row(row):
    alive = [i for i, score in enumerate(row.tolist()) if score != float("-inf")]
    probabilities = row.new_zeros(len(row))
    if not alive:
        return probabilities
    exponentials = torch.exp(row[alive] - max(row[alive].tolist()))
    return probabilities.index_put((torch.tensor(alive),), exponentials / exponentials.sum())


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    *lead, n_queries, width = q.shape
    n_keys = k.shape[-2]
    factor = 1 / width**0.5 if scale is None else scale
    if mask is None:
        mask = torch.ones(n_queries, n_keys, dtype=torch.bool)
    mask = mask.expand(*lead, n_queries, n_keys)
    outs, weights = [], []
    for place in product(*(range(size) for size in lead)):
        for i in range(n_queries):
            seen = mask[(*place, i)].nonzero().flatten()
            scores = (k[place][seen] * q[(*place, i)]).sum(dim=1) * factor
            row = q.new_zeros(n_keys)
            if len(seen) > 0:
                row = row.index_put((seen,), softmax(scores, 0).to(q.dtype))
            weights.append(row)
            outs.append((row[:, None] * v[place]).sum(dim=0))
    return torch.stack(outs).reshape(*lead, n_queries, -1), torch.stack(weights).reshape(*lead, n_queries, n_keys)
