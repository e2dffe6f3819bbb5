"""Small parts: two thin layers inside the module, a table of the integers' values, one routine for both schemes."""

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
    scaled = A * (alpha / A.shape[0])
    return nn.functional.linear(B, scaled.T)


class LoRALinear(nn.Module):
    def __init__(self, base, r, alpha, seed=0):
        super().__init__()
        self.base = base
        self.strength = alpha / r
        self.register_buffer("state", torch.tensor(False), persistent=False)
        d_out, d_in = base.weight.size()
        dice = torch.Generator().manual_seed(seed)
        drawn = torch.rand(r, d_in, generator=dice, dtype=torch.float64) - 0.5
        self.A = nn.Parameter((2 * drawn * d_in**-0.5).to(base.weight.dtype))
        self.B = nn.Parameter(torch.zeros_like(base.weight[:, :1]).repeat(1, r))
        for name, parameter in self.named_parameters():
            parameter.requires_grad_(not name.startswith("base."))

    @property
    def merged(self):
        return bool(self.state)

    def forward(self, x):
        thin = x.matmul(self.A.transpose(0, 1))
        share = 0.0 if self.merged else self.strength
        return torch.addcmul(self.base(x), thin.matmul(self.B.transpose(0, 1)), torch.tensor(share, dtype=x.dtype))

    def _set(self, wanted):
        sign = int(wanted) - int(self.merged)
        with torch.no_grad():
            self.base.weight.copy_(self.base.weight + sign * self.strength * (self.B @ self.A))
        self.state.fill_(wanted)

    def merge(self):
        self._set(True)

    def unmerge(self):
        self._set(False)


def count_trainable(module):
    own, seen = 0, set()
    for part in module.modules():
        for parameter in part.parameters(recurse=False):
            if parameter.requires_grad and parameter not in seen:
                seen.add(parameter)
                own += parameter.numel()
    return own


def _rounded(x, span, steps):
    scale = span / steps
    scale = scale.masked_fill(scale == 0, 1)
    return scale, torch.special.round(x / scale)


def quantize_absmax(x, bits=8):
    scale, whole = _rounded(x, torch.linalg.vector_norm(x, ord=float("inf")), 2 ** (bits - 1) - 1)
    return whole.to(dtype=torch.int8), scale


def quantize_affine(x, bits=8, axis=None):
    low = high = x
    for d in range(x.dim()):
        if axis is None or d not in (axis, axis + x.dim()):
            low, high = low.amin(dim=d, keepdim=True), high.amax(dim=d, keepdim=True)
    if axis is None:
        low, high = low.reshape(()), high.reshape(())
    low, high = -nn.functional.relu(-low), nn.functional.relu(high)
    scale, whole = _rounded(x, high - low, 2**bits - 1)
    zero = torch.round(low.neg() / scale)
    return torch.clamp(whole + zero, min=0, max=2**bits - 1).to(torch.uint8), scale, zero.to(torch.int64)


def dequantize(q, scale, zero_point=0):
    values = torch.arange(-128, 256, dtype=scale.dtype)
    return torch.mul(values[q.long() + 128] - zero_point, scale)
