"""Shapes as students write them: `B, H, T, d_k`, `(2, 8)`, `torch.Size([2, 8])`.

Covers reading them and whether two dimensions are equal as expressions. Does not cover broadcasting.
"""

from __future__ import annotations

import re

from autograder.pure.quizzes.expression import LONGEST, ExpressionError, evaluate, names

_PRIMES = (101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167, 173, 179)


def read_shape(text: str) -> tuple[str, ...]:
    """The dimensions that a text names. `read_shape("torch.Size([2, d_k])") -> ("2", "dk")`"""
    bare = re.sub(r"torch\.Size|\\|\$", "", text.strip()[:LONGEST])
    bare = re.sub(r"[{}_]", "", bare).strip().strip("()[]").replace("\u00a0", " ").strip()
    if "," in bare or ";" in bare:
        parts = re.split(r"[,;]", bare)
    elif "×" in bare:
        parts = bare.split("×")
    else:
        parts = re.split(r"(?<![-+*/]) +(?![-+*/])", bare)
    return tuple(part.strip().replace("·", "*").replace("×", "*") for part in parts if part.strip())


def same_dimension(written: str, expected: str) -> bool:
    """Whether two expressions are equal for all values of their names, tested on two sets of primes."""
    expected = expected.replace("_", "")
    try:
        known = sorted(names(expected) | names(written))
        if len(known) > len(_PRIMES) // 2:
            return False
        return all(
            evaluate(written, values) == evaluate(expected, values)
            for values in (dict(zip(known, _PRIMES[shift:], strict=False)) for shift in (0, 8))
        )
    except ExpressionError:
        return False
