# Word2Vec: meaning from company — check your work: autograder check word2vec.py
# Word2Vec : le sens par la compagnie — vérifiez votre travail : autograder check word2vec.py

import math

import torch
import torch.nn.functional as F

from autograder.checks import FLOAT32, FLOAT64, Tolerance, close, expect, raises, same, shape, unchanged


def one_hot(ids: torch.Tensor, n: int) -> torch.Tensor:
    """One vector of length `n` per id: zeros, and a one at the place of the id.

    ids: int64 [...]; returns float32 [..., n]
    one_hot(tensor([2, 0]), 3) -> tensor([[0., 0., 1.], [1., 0., 0.]])
    Raises IndexError if an id is negative or >= n.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def embedding_lookup(table: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
    """The rows of the table at these ids.

    table: float [V, D]; ids: int64 [...]; returns [..., D] with the table's dtype
    embedding_lookup(tensor([[1., 2.], [3., 4.]]), tensor([1, 1])) -> tensor([[3., 4.], [3., 4.]])
    Raises IndexError if an id is negative or >= V.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def pairs(
    sentences: list[list[int]], window: int, mode: str = "skipgram"
) -> list[tuple[int, int]] | list[tuple[list[int], int]]:
    """The training examples of a corpus, from left to right, never across two sentences.

    mode "skipgram": (centre, neighbour), one per neighbour; mode "cbow": (context, centre), one per centre
    pairs([[7, 8, 9]], 1) -> [(7, 8), (8, 7), (8, 9), (9, 8)]
    pairs([[7, 8, 9]], 1, "cbow") -> [([8], 7), ([7, 9], 8), ([8], 9)]
    Raises ValueError if window < 1 or mode is neither of the two.
    Source: Mikolov et al. 2013, "Efficient Estimation of Word Representations in Vector Space", section 3.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def cbow_forward(
    contexts: torch.Tensor, mask: torch.Tensor, V_in: torch.Tensor, V_out: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """The mean vector of each context, and its score for every word of the vocabulary.

    contexts: int64 [B, C]; mask: bool [B, C], True = a real word, one at least per row
    V_in, V_out: float [V, D]; returns (hidden [B, D], scores [B, V]) with the tables' dtype
    V_in = [[2.], [4.]], V_out = [[1.], [10.]], contexts = [[0, 1]], all real -> hidden [[3.]], scores [[3., 30.]]
    Source: Mikolov et al. 2013, "Efficient Estimation of Word Representations in Vector Space", section 3.1.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def cbow_loss_grads(
    contexts: torch.Tensor, mask: torch.Tensor, centres: torch.Tensor, V_in: torch.Tensor, V_out: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Mean cross-entropy of the true centres, and its gradients with respect to both tables.

    contexts: int64 [B, C]; mask: bool [B, C], True = a real word, one at least per row; centres: int64 [B]
    V_in, V_out: float [V, D]; returns (loss [], grad_in [V, D], grad_out [V, D]) with the tables' dtype
    V_out = zeros: every word has probability 1 / V, so loss = ln V and grad_in = zeros
    Source: Rong 2014, "word2vec Parameter Learning Explained", section 1.2.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def sgns_loss_grads(
    centre: torch.Tensor, outside: torch.Tensor, negatives: torch.Tensor, V_in: torch.Tensor, V_out: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Skip-gram loss with negative sampling, and its gradients with respect to both tables.

    centre, outside: int64 [B]; negatives: int64 [B, K]; V_in, V_out: float [V, D]
    returns (loss [], grad_in [V, D], grad_out [V, D]) with the tables' dtype; sum over K, mean over B
    V_out = zeros: every σ is 1/2, so loss = (1 + K) ln 2 and grad_in = zeros
    Source: Mikolov et al. 2013, "Distributed Representations of Words and Phrases and their Compositionality", eq. 4.
    """
    # YOUR CODE HERE
    raise NotImplementedError
