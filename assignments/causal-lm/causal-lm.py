# Causal language modelling — check your work: autograder check causal-lm.py
# La modélisation de langue causale — vérifiez votre travail : autograder check causal-lm.py

import math

import torch
from torch import Tensor

from autograder.checks import FLOAT32, close, dtype, finite, gradients, parts, raises, same, shape, unchanged


def make_blocks(ids: Tensor, k: int) -> Tensor:
    """Consecutive blocks of k tokens; what is left over at the end is dropped.

    ids: int64 [N], left unmodified; returns int64 [N // k, k], a view or a copy. Raises ValueError if k < 1.
    make_blocks(tensor([5, 6, 7, 8, 9]), 2) -> tensor([[5, 6], [7, 8]])
    """
    # YOUR CODE HERE
    raise NotImplementedError


def next_token_losses(logits: Tensor, ids: Tensor, ignore: int = -100) -> tuple[Tensor, Tensor]:
    """What each position pays for the token after it, in nats, and whether that prediction counts.

    logits: [B, T, V], floating point; ids: int64 [B, T], T >= 1, the tokens that were read, or `ignore` in place of
    those that are not to be learned; both left unmodified. Returns (losses: [B, T - 1], counted: bool [B, T - 1]); a
    prediction counts unless its target is `ignore`, and its loss is 0 if it does not. float16 and bfloat16 logits give
    float32 losses, others keep their dtype.
    logits [[[0., ln 3], [5., 5.]]], ids [[0, 1]] -> losses [[0.2877]], counted [[True]]
    Source: Radford et al. 2018, "Improving Language Understanding by Generative Pre-Training", section 3.1.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def lm_loss(logits: Tensor, ids: Tensor, ignore: int = -100) -> Tensor:
    """Mean cost of the predictions that count, in nats; 0 if none does.

    logits: [B, T, V]; ids: int64 [B, T]; returns a tensor of shape [], differentiable with respect to the logits.
    lm_loss(zeros(2, 5, 7), ones(2, 5)) -> 1.9459 (ln 7)
    """
    # YOUR CODE HERE
    raise NotImplementedError


def perplexity(batches: list[tuple[Tensor, Tensor]], ignore: int = -100) -> float:
    """Exponential of the mean loss over all predictions that count, in all batches together.

    batches: pairs (logits [B, T, V], ids int64 [B, T]), whose sizes may differ; inf if too large for a float.
    Raises ValueError if no prediction counts.
    perplexity([(zeros(2, 5, 7), ones(2, 5))]) -> 7.0
    Source: Jelinek et al. 1977, "Perplexity: a measure of the difficulty of speech recognition tasks".
    """
    # YOUR CODE HERE
    raise NotImplementedError
