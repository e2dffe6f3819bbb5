"""A class that holds keys and values and answers queries, in float64 inside."""

from dataclasses import dataclass

import torch

NEVER = -torch.inf


def softmax(x: torch.Tensor, dim: int = -1) -> torch.Tensor:
    wide = x.to(torch.float64)
    hopeless = (wide == NEVER).all(dim=dim, keepdim=True)
    log_total = torch.logsumexp(wide.masked_fill(hopeless, 0.0), dim=dim, keepdim=True)
    return torch.exp(wide - log_total).to(x.dtype)


@dataclass
class Catalogue:
    keys: torch.Tensor
    values: torch.Tensor

    def __post_init__(self):
        self.keys, self.values = self.keys.to(torch.float64), self.values.to(torch.float64)

    def ask(self, queries, allowed, factor):
        similarity = factor * torch.matmul(queries.to(torch.float64), self.keys.mT)
        if allowed is not None:
            similarity = similarity.masked_fill(torch.logical_not(allowed), NEVER)
        shares = softmax(similarity)
        return shares @ self.values, shares


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    factor = q.shape[-1] ** -0.5 if scale is None else scale
    answer, shares = Catalogue(k, v).ask(q, mask, factor)
    return answer.to(q.dtype), shares.to(q.dtype)
