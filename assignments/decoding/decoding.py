# From logits to text: decoding — check your work: autograder check decoding.py
# Des logits au texte : le décodage — vérifiez votre travail : autograder check decoding.py

import math
from collections.abc import Callable

import torch
from torch import Tensor

from autograder.checks import FLOAT32, close, gradients, raises, same, shape, unchanged


def greedy(logits: Tensor) -> Tensor:
    """The id of the highest logit of each row; of equal ones the smallest.

    logits: [B, V], left unmodified; returns int64[B].
    [[1., 3., 3.], [0., -1., -2.]] -> [1, 0]
    """
    # YOUR CODE HERE
    raise NotImplementedError


def apply_temperature(logits: Tensor, temperature: float) -> Tensor:
    """Logits divided by the temperature; at 0, only what `greedy` picks is left.

    logits: [B, V], left unmodified; temperature >= 0, else ValueError. Returns [B, V] in the dtype of the logits;
    at 0: the logit itself for the token of `greedy`, -inf for all others.
    [[2., 4.]], temperature=2 -> [[1., 2.]]; temperature=0 -> [[-inf, 4.]]
    Source: Ackley, Hinton and Sejnowski 1985, "A Learning Algorithm for Boltzmann Machines".
    """
    # YOUR CODE HERE
    raise NotImplementedError


def top_k_filter(logits: Tensor, k: int) -> Tensor:
    """The logits with -inf for every token that k tokens of its row are better than.

    logits: [B, V], left unmodified; k >= 1, else ValueError; k may exceed V.
    Returns [B, V] in the dtype of the logits; equal logits share their fate, so more than k may be left.
    [[2., 5., 3., 3., 1.]], k=2 -> [[-inf, 5., 3., 3., -inf]]
    Source: Fan, Lewis and Dauphin 2018, "Hierarchical Neural Story Generation".
    """
    # YOUR CODE HERE
    raise NotImplementedError


def top_p_filter(logits: Tensor, p: float) -> Tensor:
    """The logits with -inf for every token that is not needed to reach the probability p.

    logits: [B, V], left unmodified; 0 <= p <= 1, else ValueError. A token stays when the tokens of its row with a
    higher logit hold less than p together, or when there are none; p = 1 removes nothing.
    Returns [B, V] in the dtype of the logits; equal logits share their fate.
    logits of the probabilities [[0.1, 0.5, 0.15, 0.25]], p=0.6 -> tokens 1 and 3 are left
    Source: Holtzman et al. 2020, "The Curious Case of Neural Text Degeneration", section 3.1.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def next_token_probs(
    logits: Tensor, temperature: float = 1.0, top_k: int | None = None, top_p: float | None = None
) -> Tensor:
    """The probabilities from which the next token is drawn: temperature, top-k, top-p, softmax, in this order.

    logits: [B, V], left unmodified; temperature >= 0; top_k >= 1 or None = off; 0 <= top_p <= 1 or None = off.
    Returns [B, V] in the dtype of the logits; every row sums to 1, removed tokens have 0.
    logits [[ln 36, ln 9, ln 4]], temperature=2, top_p=0.8 -> [[2/3, 1/3, 0]]
    Source: Holtzman et al. 2020, "The Curious Case of Neural Text Degeneration", section 3.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def sample(probs: Tensor, dice: Tensor) -> Tensor:
    """The token on which each number falls, with the tokens end to end, each as long as its probability.

    probs: [B, V], rows sum to 1 up to rounding; dice: [B], 0 <= dice < 1; both left unmodified.
    Returns int64[B]; a number between two tokens belongs to the right one, one beyond the last to the last, and a
    token of probability 0 is never taken.
    [[0., 0.5, 0.25, 0.25]], dice [0.6] -> [2]
    Source: Devroye 1986, "Non-Uniform Random Variate Generation", section III.2 (inversion).
    """
    # YOUR CODE HERE
    raise NotImplementedError


def generate(
    step: Callable[[Tensor], Tensor],
    ids: Tensor,
    dice: Tensor,
    eos_id: int,
    temperature: float = 1.0,
    top_k: int | None = None,
    top_p: float | None = None,
) -> Tensor:
    """The tokens written after each prompt, drawn one by one with the dice, until eos_id or the last column of dice.

    step: int64[B, T] -> logits [B, V] of the next token, called once per new column; ids: int64[B, T], the prompts;
    dice: [B, N], 0 <= dice < 1, N >= 0; settings as in `next_token_probs`; all left unmodified.
    Returns int64[B, n], n <= N: the new tokens only; after its first new eos_id a row holds eos_id, and n is the
    least number of columns in which every row has ended, or N.
    Source: Holtzman et al. 2020, "The Curious Case of Neural Text Degeneration", section 3.
    """
    # YOUR CODE HERE
    raise NotImplementedError
