"""Index notation all the way: einsum for both products, torch.where for what is impossible."""

import torch


def softmax(x: torch.Tensor, dim: int = -1) -> torch.Tensor:
    possible = x > float("-inf")
    anything = possible.any(dim, keepdim=True)
    top = torch.where(anything, x, torch.zeros_like(x)).max(dim, keepdim=True).values.detach()
    raised = torch.where(possible, x - top, torch.full_like(x, float("-inf")))
    grown = torch.exp(raised)
    return grown / torch.where(anything, grown.sum(dim, keepdim=True), torch.ones_like(top))


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    factor = q.size(-1) ** -0.5 if scale is None else scale
    similarity = torch.einsum("...id,...jd->...ij", q * factor, k)
    if mask is not None:
        similarity = torch.where(mask, similarity, torch.full_like(similarity, float("-inf")))
    share = softmax(similarity)
    return torch.einsum("...ij,...jd->...id", share, v), share
