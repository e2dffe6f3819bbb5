# Alignment: reward models and DPO — check your work: autograder check alignment.py
# L'alignement : modèles de récompense et DPO — vérifiez votre travail : autograder check alignment.py

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks import FLOAT32, Tolerance, close, dtype, expect, finite, gradients, shape, unchanged


def reward_loss(r_chosen: Tensor, r_rejected: Tensor) -> Tensor:
    """Mean surprise, in nats, that the chosen answers are preferred: minus the logarithm of Bradley-Terry's probability.

    r_chosen, r_rejected: [B], float32 or float64, up to ±1000; returns a tensor of shape [] and of the same dtype.
    reward_loss(tensor([2., 0.]), tensor([1., 0.])) -> 0.5032
    Source: Ouyang et al. 2022, "Training language models to follow instructions with human feedback", equation 1.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def sequence_logps(logits: Tensor, labels: Tensor) -> Tensor:
    """Log-probability of each row's answer, in nats: the sum over its tokens that are not -100.

    logits: [B, T, V], floating point; labels: int64 [B, T], unshifted, T >= 1; both left unmodified. Returns [B]:
    float32 for float16 and bfloat16 logits, else the logits' dtype. 0 where nothing counts.
    logits [[[0., ln 3], [0., 0.], [7., 7.]]], labels [[-100, 1, 0]] -> [-0.9808] (ln 3/8)
    Source: Sutskever et al. 2014, "Sequence to Sequence Learning with Neural Networks", section 2.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def implicit_rewards(policy: Tensor, reference: Tensor, beta: float) -> Tensor:
    """The rewards for which this policy is the best one, up to a constant of the prompt.

    policy, reference: [B], log-probabilities of the same answers, both float32 or both float64; beta > 0, in units of
    reward per nat. Returns [B], of their dtype, differentiable with respect to `policy` only.
    implicit_rewards(tensor([-5.]), tensor([-8.]), 0.1) -> tensor([0.3])
    Source: Rafailov et al. 2023, "Direct Preference Optimization", equation 5.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def dpo_loss(
    policy_chosen: Tensor, policy_rejected: Tensor, reference_chosen: Tensor, reference_rejected: Tensor, beta: float
) -> Tensor:
    """Loss of a reward model on the policy's implicit rewards, mean over the pairs; ln 2 if policy = reference.

    Four tensors [B] of one dtype (float32 or float64), log-probabilities of whole answers; beta > 0. Returns a
    tensor of shape [] and of their dtype, differentiable with respect to the policy only.
    dpo_loss(tensor([-5.]), tensor([-9.]), tensor([-8.]), tensor([-7.]), 0.1) -> 0.4741
    Source: Rafailov et al. 2023, "Direct Preference Optimization", equation 7.
    """
    # YOUR CODE HERE
    raise NotImplementedError
