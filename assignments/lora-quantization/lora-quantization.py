# LoRA and quantization — check your work: autograder check lora-quantization.py
# LoRA et quantification — vérifiez votre travail : autograder check lora-quantization.py

import torch
from torch import Tensor, nn

from autograder.checks import FLOAT32, close, dtype, expect, parts, same, shape


def linear(weight: Tensor, bias: Tensor | None = None) -> nn.Linear:
    """A linear layer with these weights. weight: [d_out, d_in]; bias: [d_out] or None."""
    d_out, d_in = weight.shape
    layer = nn.Linear(d_in, d_out, bias=bias is not None, dtype=weight.dtype)
    layer.load_state_dict({"weight": weight} if bias is None else {"weight": weight, "bias": bias})
    return layer


def chain(*layers: nn.Module) -> nn.Sequential:
    """Layers one after the other, as one module."""
    return nn.Sequential(*layers)


def parameter_gradients(module: nn.Module, x: Tensor, weights: Tensor) -> dict[str, Tensor | None]:
    """Gradients of sum(weights * module(x)) by parameter name: {"A": …, "B": …, "base.weight": None}."""
    module.zero_grad(set_to_none=True)
    score = (weights * module(x)).sum()
    if score.requires_grad:
        score.backward()
    return {name: parameter.grad for name, parameter in module.named_parameters()}


def lora_delta(A: Tensor, B: Tensor, alpha: float) -> Tensor:
    """What LoRA adds to a weight: alpha / r times B A.

    A: [r, d_in]; B: [d_out, r], of the same dtype; alpha: any float; returns [d_out, d_in].
    lora_delta([[2., 0., -1.]], [[1.], [3.]], 2.) -> [[4., 0., -2.], [12., 0., -6.]]
    Source: Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large Language Models", section 4.1.
    """
    # YOUR CODE HERE
    raise NotImplementedError


class LoRALinear(nn.Module):
    """A frozen linear layer with a trainable correction of rank r beside it.

    base: nn.Linear from d_in to d_out, kept and frozen; r: at least 1; alpha: the correction is scaled by alpha / r;
    seed: of the generator that draws A. Attributes: base, A: [r, d_in], B: [d_out, r], merged.
    LoRALinear(nn.Linear(3, 2), r=1, alpha=2.0) trains 3 + 2 numbers.
    Source: Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large Language Models", section 4.1.
    """

    def __init__(self, base: nn.Linear, r: int, alpha: float, seed: int = 0) -> None:
        super().__init__()
        # YOUR CODE HERE
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """x: [..., d_in]; returns [..., d_out]: the base's result, plus the correction unless it is merged."""
        # YOUR CODE HERE
        raise NotImplementedError

    def merge(self) -> None:
        """Adds the correction to the base's weight, once."""
        # YOUR CODE HERE
        raise NotImplementedError

    def unmerge(self) -> None:
        """Takes the correction off the base's weight, if it is there."""
        # YOUR CODE HERE
        raise NotImplementedError


def count_trainable(module: nn.Module) -> int:
    """How many numbers of a module, its submodules included, require a gradient.

    A parameter that stands in two places counts once.
    count_trainable(nn.Linear(3, 2)) -> 8
    """
    # YOUR CODE HERE
    raise NotImplementedError


def quantize_absmax(x: Tensor, bits: int = 8) -> tuple[Tensor, Tensor]:
    """Signed integers that stand for x: the largest absolute value becomes 2^(bits-1) - 1.

    x: [...], float32 or float64, at least one value, left unmodified; bits: 2 to 8.
    Returns (q: int8[...], scale: []) with scale in the dtype of x, and 1 when x is all zeros. Halves go to even.
    quantize_absmax([1.5, -0.75, 0.25, 0.6], bits=3) -> ([3, -2, 0, 1], 0.5)
    Source: Dettmers et al. 2022, "LLM.int8(): 8-bit Matrix Multiplication for Transformers at Scale", section 2.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def quantize_affine(x: Tensor, bits: int = 8, axis: int | None = None) -> tuple[Tensor, Tensor, Tensor]:
    """Unsigned integers that stand for x: 0 … 2^bits - 1 over the range of x with 0 included.

    x: [...], float32 or float64, at least one value, left unmodified; bits: 2 to 8; axis: each index along it has a
    scale of its own, None = one for all; with an axis, x has at least two dimensions.
    Returns (q: uint8[...], scale, zero_point: int64), the last two of shape [] or of the shape of x with 1 everywhere
    but at axis; scale in the dtype of x, and 1 where all is zero. Halves go to even.
    quantize_affine([-0.5, 0.25, 1.0], bits=2) -> ([0, 1, 3], 0.5, 1)
    Source: Jacob et al. 2018, "Quantization and Training of Neural Networks for Efficient
    Integer-Arithmetic-Only Inference", section 2.1, equation 1.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def dequantize(q: Tensor, scale: Tensor, zero_point: Tensor | int = 0) -> Tensor:
    """The floats that integers stand for: (q - zero_point) * scale.

    q: int8 or uint8 [...]; scale: floating point, and zero_point: int64 or an int, broadcastable to q; all left
    unmodified. Returns [...] in the dtype of scale.
    dequantize([0, 1, 3], 0.5, 1) -> [-0.5, 0.0, 1.0]
    Source: Jacob et al. 2018, section 2.1, equation 1.
    """
    # YOUR CODE HERE
    raise NotImplementedError
