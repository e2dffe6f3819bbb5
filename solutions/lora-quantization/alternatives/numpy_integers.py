"""NumPy for the integers; torch's own initialisation, `F.linear` and einsum for the layer."""

import math

import numpy as np
import torch
import torch.nn.functional as F
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
    return torch.einsum("ir,rj->ij", B, A) * (alpha / A.size(0))


class LoRALinear(nn.Module):
    def __init__(self, base, r, alpha, seed=0):
        super().__init__()
        base.requires_grad_(False)
        self.add_module("base", base)
        self.register_parameter("A", nn.Parameter(base.weight.new_empty((r, base.in_features))))
        self.register_parameter("B", nn.Parameter(base.weight.new_empty((base.out_features, r))))
        nn.init.kaiming_uniform_(self.A, a=math.sqrt(5), generator=torch.Generator().manual_seed(seed))
        nn.init.zeros_(self.B)
        self.factor = alpha / r
        self.merged = False

    def forward(self, x):
        correction = 0 if self.merged else self.factor * F.linear(F.linear(x, self.A), self.B)
        return F.linear(x, self.base.weight, self.base.bias) + correction

    @torch.no_grad()
    def merge(self):
        if not self.merged:
            self.base.weight.addmm_(self.B, self.A, alpha=self.factor)
            self.merged = True

    @torch.no_grad()
    def unmerge(self):
        if self.merged:
            self.base.weight.addmm_(self.B, self.A, alpha=-self.factor)
            self.merged = False


def count_trainable(module):
    return sum(p.nelement() for _, p in module.named_parameters() if p.requires_grad)


def quantize_absmax(x, bits=8):
    values = x.detach().numpy()
    largest = np.abs(values).max()
    scale = largest / values.dtype.type(2 ** (bits - 1) - 1) if largest > 0 else values.dtype.type(1)
    return torch.from_numpy(np.asarray(np.rint(values / scale), dtype=np.int8)), torch.tensor(scale, dtype=x.dtype)


def quantize_affine(x, bits=8, axis=None):
    values = x.detach().numpy()
    if axis is None:
        others, keep = None, False
    else:
        others, keep = tuple(np.delete(np.arange(values.ndim), axis).tolist()), True
    low = values.min(axis=others, keepdims=keep, initial=0)
    high = values.max(axis=others, keepdims=keep, initial=0)
    top = 2**bits - 1
    scale = np.asarray((high - low) / top, dtype=values.dtype)
    scale = np.where(scale == 0, np.ones_like(scale), scale)
    zero = np.rint(-low / scale)
    q = np.clip(np.rint(values / scale) + zero, 0, top)
    pieces = (np.asarray(q, np.uint8), np.asarray(scale, values.dtype), np.asarray(zero, np.int64))
    return tuple(torch.from_numpy(np.ascontiguousarray(each)).reshape(each.shape) for each in pieces)


def dequantize(q, scale, zero_point=0):
    return (q.to(torch.int64) - zero_point) * scale
