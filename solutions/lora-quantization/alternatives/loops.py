"""One number at a time: sums of outer products, Python's own round, which sends halves to even."""

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
    total = torch.zeros(B.shape[0], A.shape[1], dtype=A.dtype)
    for k in range(A.shape[0]):
        total = total + torch.outer(B[:, k], A[k])
    return total * alpha / A.shape[0]


class LoRALinear(nn.Module):
    def __init__(self, base, r, alpha, seed=0):
        super().__init__()
        self.base = base
        self.base.weight.requires_grad_(False)
        if self.base.bias is not None:
            self.base.bias.requires_grad_(False)
        self.r, self.alpha, self.merged = r, alpha, False
        dice = torch.Generator().manual_seed(seed)
        width = base.weight.shape[1]
        rows = [[2 * float(torch.rand((), generator=dice)) - 1 for _ in range(width)] for _ in range(r)]
        self.A = nn.Parameter(torch.tensor(rows, dtype=base.weight.dtype) * width**-0.5)
        self.B = nn.Parameter(torch.zeros(base.weight.shape[0], r, dtype=base.weight.dtype))

    def forward(self, x):
        out = self.base(x)
        if not self.merged:
            for k in range(self.r):
                along = (x * self.A[k]).sum(dim=-1, keepdim=True)
                out = out + self.alpha * along * self.B[:, k] / self.r
        return out

    def _shift(self, sign):
        step = lora_delta(self.A.detach(), self.B.detach(), self.alpha)
        for row in range(step.shape[0]):
            self.base.weight.data[row] += sign * step[row]

    def merge(self):
        if self.merged is False:
            self._shift(+1)
        self.merged = True

    def unmerge(self):
        if self.merged is True:
            self._shift(-1)
        self.merged = False


def count_trainable(module):
    count = 0
    for parameter in module.parameters():
        if parameter.requires_grad:
            count += len(parameter.flatten())
    return count


def quantize_absmax(x, bits=8):
    values = x.flatten().tolist()
    largest = max(abs(value) for value in values)
    scale = largest / (2 ** (bits - 1) - 1) or 1.0
    q = [round(value / scale) for value in values]
    return torch.tensor(q, dtype=torch.int8).reshape(x.shape), torch.tensor(scale, dtype=x.dtype)


def _one_range(values, bits):
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    scale = (high - low) / (2**bits - 1) or 1.0
    zero = round(-low / scale)
    return [min(max(round(value / scale) + zero, 0), 2**bits - 1) for value in values], scale, zero


def quantize_affine(x, bits=8, axis=None):
    if axis is None:
        q, scale, zero = _one_range(x.flatten().tolist(), bits)
        return (
            torch.tensor(q, dtype=torch.uint8).reshape(x.shape),
            torch.tensor(scale, dtype=x.dtype),
            torch.tensor(zero),
        )
    answers = [_one_range(part.flatten().tolist(), bits) for part in x.unbind(axis)]
    part = list(x.shape)
    del part[axis]
    dims = [1] * x.dim()
    dims[axis] = x.shape[axis]
    q = torch.stack([torch.tensor(each, dtype=torch.uint8).reshape(part) for each, _, _ in answers], dim=axis)
    scales = torch.tensor([scale for _, scale, _ in answers], dtype=x.dtype).reshape(dims)
    return q, scales, torch.tensor([zero for _, _, zero in answers], dtype=torch.int64).reshape(dims)


def dequantize(q, scale, zero_point=0):
    return q.double().sub(zero_point).to(scale.dtype).mul(scale)
