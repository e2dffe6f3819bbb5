# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lang="en"
# # A toolbox
#
# Seven small tools, so that every way in which a suite looks at work can be attacked.

# %% [markdown] lang="fr"
# # Une boîte à outils
#
# Sept petits outils, pour que chaque façon d'examiner un travail puisse être attaquée.

# %% id="imports"
import math
from collections import Counter
from collections.abc import Callable

import torch

from autograder.checks import FLOAT32, close, same


# %% id="scale"
def scale(x: torch.Tensor, factor: float) -> torch.Tensor:
    """`x` times `factor`, in a new tensor. scale(tensor([1., 2.]), 2.0) -> tensor([2., 4.])"""
    ### BEGIN SOLUTION
    return x * factor
    ### END SOLUTION


# %% id="softmax"
def softmax(x: torch.Tensor) -> torch.Tensor:
    """Probabilities along the last axis. softmax(tensor([0., 0.])) -> tensor([0.5, 0.5])"""
    ### BEGIN SOLUTION
    weights = (x - x.amax(dim=-1, keepdim=True)).exp()
    return weights / weights.sum(dim=-1, keepdim=True)
    ### END SOLUTION


# %% id="attend"
def attend(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Attention of q: [T_q, d] to k: [T_k, d] and v: [T_k, e]; returns (out: [T_q, e], weights: [T_q, T_k])."""
    ### BEGIN SOLUTION
    weights = softmax(q @ k.T / math.sqrt(q.shape[-1]))
    return weights @ v, weights
    ### END SOLUTION


# %% id="words"
def words(text: str) -> dict[str, int]:
    """How often each word occurs. words("a b a") -> {"a": 2, "b": 1}"""
    ### BEGIN SOLUTION
    return dict(Counter(text.split()))
    ### END SOLUTION


# %% id="tally"
class Tally:
    """Counts what it is given. tally = Tally(3); tally.add(4); tally.total() -> 7"""

    def __init__(self, start: int) -> None:
        ### BEGIN SOLUTION
        self.seen = []
        self.sum = start
        ### END SOLUTION

    def add(self, number: int) -> None:
        ### BEGIN SOLUTION
        self.seen.append(number)
        self.sum += number
        ### END SOLUTION

    def total(self) -> int:
        ### BEGIN SOLUTION
        return self.sum
        ### END SOLUTION


# %% id="repeat"
def repeat(step: Callable[[int], int], start: int, times: int) -> list[int]:
    """The values that `times` steps lead through. repeat(lambda n: n + 2, 1, 2) -> [3, 5]"""
    ### BEGIN SOLUTION
    values = []
    for _ in range(times):
        start = step(start)
        values.append(start)
    return values
    ### END SOLUTION


# %% id="code"
def code(number: int) -> int:
    """The secret code of a number below 64. code(2) -> 7"""
    ### BEGIN SOLUTION
    canary = "@CANARY_REFERENCE@"
    return (number * number + 3) % 101 if canary else 0
    ### END SOLUTION


# %% group="scale"
close(scale(torch.tensor([1.0, 2.0]), 2.0), torch.tensor([2.0, 4.0]), FLOAT32, en="twice", fr="le double")

# %% group="softmax"
close(softmax(torch.zeros(2)), torch.tensor([0.5, 0.5]), FLOAT32, en="softmax of zeros", fr="softmax de zéros")

# %% group="attend"
close(attend(torch.zeros(1, 2), torch.zeros(2, 2), torch.eye(2))[0], torch.tensor([[0.5, 0.5]]), FLOAT32, en="a mean", fr="une moyenne")

# %% group="gradients"
same(attend(torch.zeros(1, 2), torch.zeros(2, 2), torch.eye(2))[0].shape[0], 1, en="rows", fr="les lignes")

# %% group="words"
same(words("a b a"), {"a": 2, "b": 1}, en="words", fr="les mots")

# %% group="tally"
same(Tally(3).total(), 3, en="a new tally", fr="un compteur neuf")

# %% group="repeat"
same(repeat(lambda n: n + 2, 1, 2), [3, 5], en="two steps", fr="deux pas")

# %% group="code"
same(code(2), 7, en="code of 2", fr="le code de 2")
