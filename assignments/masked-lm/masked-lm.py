# Masked language modelling — check your work: autograder check masked-lm.py
# La modélisation de langue masquée — vérifiez votre travail : autograder check masked-lm.py

from collections.abc import Callable

import torch
from torch import Tensor

from autograder.checks import FLOAT32, close, dtype, finite, gradients, parts, raises, same, shape, unchanged


def mask_tokens(
    ids: Tensor, special: dict[str, int], vocab_size: int, rng: Callable[..., Tensor], p: float = 0.15
) -> tuple[Tensor, Tensor]:
    """What a masked language model reads, and what it must guess: (inputs, labels), both int64 [B, T].

    ids: int64 [B, T], left unmodified; special: ids that are never chosen, "[MASK]" among them; rng(B, T): float
    [B, T] in [0, 1), called three times: u, v, w. Chosen where u < p and not special. Of the chosen: [MASK] where
    v < 0.8, the id floor(w * vocab_size) where 0.8 <= v < 0.9, else as before. labels: ids where chosen, else -100.
    ids [[7, 8]], u [[0., .9]], v [[.3, .3]], "[MASK]" = 3 -> inputs [[3, 8]], labels [[7, -100]]
    Source: Devlin et al. 2019, "BERT", section 3.1.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def span_corrupt(ids: Tensor, spans: list[tuple[int, int]], first_sentinel: int) -> tuple[Tensor, Tensor]:
    """What T5 reads, and what it must write: (inputs, targets), int64 tensors of one dimension.

    ids: int64 [N], N may be 0; spans: (start, end) with end excluded, in any order; both left unmodified. Sentinels
    count down from first_sentinel, from left to right in the text; targets end with one more. Raises ValueError for
    spans that are empty, reversed, beyond the text, or overlap; spans that touch stay two.
    span_corrupt(tensor([5, 6, 7, 8]), [(1, 3)], 99) -> (tensor([5, 99, 8]), tensor([99, 6, 7, 98]))
    Source: Raffel et al. 2020, "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer",
    section 3.1.4.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def masked_mean_pool(hidden: Tensor, mask: Tensor) -> Tensor:
    """Mean of each text's real tokens; zeros for a text that has none.

    hidden: [B, T, d], float32 or float64, anything (even NaN) at padding; mask: bool [B, T], True = real token.
    Returns [B, d] of the same dtype, differentiable with respect to hidden.
    masked_mean_pool(tensor([[[2., 0.], [4., 6.], [9., 9.]]]), tensor([[True, True, False]])) -> tensor([[3., 3.]])
    Source: Reimers and Gurevych 2019, "Sentence-BERT", section 3.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def classification_logits(hidden: Tensor, mask: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """Scores of the classes, before any softmax: a linear layer on the mean of each text's real tokens.

    hidden: [B, T, d]; mask: bool [B, T], True = real token; weight: [K, d]; bias: [K]; returns [B, K].
    One text whose mean is [3., 3.], weight [[1., 0.], [0., -1.]], bias [0., 1.] -> [[3., -2.]]
    Source: Devlin et al. 2019, "BERT", section 4.1 (there on the vector of the first token).
    """
    # YOUR CODE HERE
    raise NotImplementedError


def macro_f1(predicted: Tensor, gold: Tensor) -> float:
    """Mean of the F1 of all classes that occur in `predicted` or `gold`, each class weighing the same; 0..1.

    predicted, gold: int64 [N], of the same length. Raises ValueError if N = 0.
    macro_f1(tensor([0, 0, 0, 0]), tensor([0, 0, 0, 1])) -> 0.428571 (3/7)
    """
    # YOUR CODE HERE
    raise NotImplementedError
