"""Each head an object that adds its share to the result, in float64 inside: a concatenation times W_o is a sum."""

from dataclasses import dataclass

import torch


@dataclass
class Head:
    W_q: torch.Tensor
    W_k: torch.Tensor
    W_v: torch.Tensor
    W_o: torch.Tensor

    def contribution(self, x_q, x_kv, mask):
        queries, keys = x_q @ self.W_q, x_kv @ self.W_k
        similarity = (queries @ keys.transpose(1, 2)) / keys.shape[-1] ** 0.5
        if mask is not None:
            nobody = ~mask.any(dim=-1, keepdim=True)
            similarity = similarity.masked_fill(~(mask | nobody), float("-inf"))
        shares = torch.exp(similarity - similarity.logsumexp(dim=-1, keepdim=True))
        if mask is not None:
            shares = shares * ~nobody
        return shares @ (x_kv @ (self.W_v @ self.W_o))


def _slices(width, n_heads):
    if n_heads < 1 or width % n_heads > 0:
        raise ValueError("uneven heads")
    size = width // n_heads
    return [slice(start, start + size) for start in range(0, width, size)]


def split_heads(x, n_heads):
    return torch.stack([x[:, :, columns] for columns in _slices(x.shape[-1], n_heads)]).movedim(0, 1)


def merge_heads(x):
    B, H, T, size = x.shape
    merged = x.new_zeros(B, T, H * size)
    for h, columns in enumerate(_slices(H * size, H)):
        merged[:, :, columns] = x[:, h]
    return merged


def combine_masks(keep=None, allowed=None):
    masks = []
    if keep is not None:
        masks.append(keep.view(len(keep), 1, 1, -1))
    if allowed is not None:
        masks.append(allowed.expand(1, 1, *allowed.shape))
    if not masks:
        return None
    return torch.stack(torch.broadcast_tensors(*masks)).all(dim=0)


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    q, kv = x_q.double(), x_kv.double()
    thin, thick = _slices(W_q.shape[1], n_heads), _slices(W_v.shape[1], n_heads)
    total = torch.zeros(1, dtype=torch.float64)
    for h, (narrow, broad) in enumerate(zip(thin, thick, strict=True)):
        head = Head(W_q[:, narrow].double(), W_k[:, narrow].double(), W_v[:, broad].double(), W_o[broad].double())
        seen = mask
        if mask is not None and mask.dim() == 4:
            seen = mask[:, min(h, mask.shape[1] - 1)]
        total = total + head.contribution(q, kv, seen)
    return total.to(x_q.dtype)
