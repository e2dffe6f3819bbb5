"""The whole weight: the correction is built at full size, merging keeps the old weight aside."""

import math

import torch
from torch import nn


def linear(weight, bias=None):
    d_out, d_in = weight.shape
    layer = nn.Linear(d_in, d_out, bias=bias is not None, dtype=weight.dtype)
    layer.load_state_dict({"weight": weight} if bias is None else {"weight": weight, "bias": bias})
    return layer


def chain(*layers):
    return nn.Sequential(*layers)


def parameter_gradients(module, x, weights):
    module.zero_grad(set_to_none=True)
    score = (weights * module(x)).sum()
    if score.requires_grad:
        score.backward()
    return {name: parameter.grad for name, parameter in module.named_parameters()}


def lora_delta(A, B, alpha):
    r, _ = A.shape
    return torch.mul(torch.matmul(B, A), alpha).div(r)


class LoRALinear(nn.Module):
    def __init__(self, base, r, alpha, seed=0):
        super().__init__()
        for parameter in base.parameters():
            parameter.requires_grad = False
        self.base, self.alpha, self.kept = base, alpha, None
        generator = torch.Generator()
        generator.manual_seed(seed)
        limit = 1 / math.sqrt(base.in_features)
        A = torch.empty(r, base.in_features, dtype=base.weight.dtype).uniform_(-limit, limit, generator=generator)
        self.A = nn.Parameter(A)
        self.B = nn.Parameter(torch.zeros(base.out_features, r, dtype=base.weight.dtype))

    @property
    def merged(self):
        return self.kept is not None

    def forward(self, x):
        weight = self.base.weight if self.merged else self.base.weight + lora_delta(self.A, self.B, self.alpha)
        return nn.functional.linear(x, weight, self.base.bias)

    def merge(self):
        if self.merged:
            return
        self.kept = self.base.weight.detach().clone()
        self.base.weight.data.add_(lora_delta(self.A, self.B, self.alpha).detach())

    def unmerge(self):
        if self.merged:
            self.base.weight.data.copy_(self.kept)
            self.kept = None


def count_trainable(module):
    distinct = {id(each): each for each in module.parameters()}
    return sum(math.prod(each.shape) for each in distinct.values() if each.requires_grad)


def quantize_absmax(x, bits=8):
    top = (1 << (bits - 1)) - 1
    largest = max(x.max().item(), -x.min().item())
    scale = torch.tensor(largest, dtype=x.dtype) / top if largest else torch.ones((), dtype=x.dtype)
    return (x / scale).round().clamp(-top, top).to(torch.int8), scale


def quantize_affine(x, bits=8, axis=None):
    if axis is None:
        rows, dims = x.reshape(1, -1), ()
    else:
        rows, dims = x.movedim(axis, 0).flatten(1), [1] * x.dim()
        dims[axis] = len(rows)
    zero = torch.zeros(len(rows), dtype=x.dtype)
    low, high = torch.minimum(rows.min(dim=1).values, zero), torch.maximum(rows.max(dim=1).values, zero)
    scale = (high - low) / (2**bits - 1)
    scale[scale == 0] = 1
    points = (-low / scale).round()
    scale, points = scale.reshape(dims), points.reshape(dims)
    q = ((x / scale).round() + points).clamp(0, 2**bits - 1)
    return q.byte(), scale, points.long()


def dequantize(q, scale, zero_point=0):
    return scale * (q.long() - zero_point).to(scale.dtype)
