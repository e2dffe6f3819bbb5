# A recurrent network, step by step — check your work: autograder check rnn.py
# Un réseau récurrent, pas à pas — vérifiez votre travail : autograder check rnn.py

import math

import torch
from torch import Tensor

from autograder.checks import FLOAT32, close, gradients, parts, same, shape, unchanged


def rnn_cell(x_t: Tensor, h: Tensor, W: Tensor, U: Tensor, b: Tensor) -> Tensor:
    """The state of one layer after one more step.

    x_t: [B, D], what is read; h: [B, H], the state before; W: [D, H]; U: [H, H]; b: [H]; left unmodified.
    Returns [B, H], values between -1 and 1.
    x_t = [[1.]], h = [[0.]], W = [[1.]], U = [[1.]], b = [0.] -> [[0.7616]]
    Source: Elman 1990, "Finding Structure in Time"; the form with tanh is that of `torch.nn.RNN`.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def rnn_forward(x: Tensor, params: list[dict[str, Tensor]], h0: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """All the states of a stack of tanh layers that reads `x` from left to right.

    x: [B, T, D]; params: L layers, the lowest first, each {"W": [D or H, H], "U": [H, H], "b": [H]};
    h0: [L, B, H], None = zeros in the dtype of x; all left unmodified.
    Returns (out: [B, T, H], the last layer's state after each step; h_n: [L, B, H], each layer's after the last).
    x = [[[1.], [0.]]], params = [{"W": [[1.]], "U": [[1.]], "b": [0.]}]
        -> out [[[0.7616], [0.6420]]], h_n [[[0.6420]]]
    Source: Elman 1990, "Finding Structure in Time"; stacking as in `torch.nn.RNN`.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def lm_forward(ids: Tensor, model: dict, h0: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """(logits of the token after each of `ids`: [B, T, V]; the states after the last of them: [L, B, H])."""
    out, h_n = rnn_forward(model["embedding"][ids], model["layers"], h0)
    return out @ model["W_out"] + model["b_out"], h_n


def init_model(V: int, D: int, H: int, L: int, seed: int = 0) -> dict:
    """A model with random weights, uniform within 1 / sqrt(H) as in `torch.nn.RNN`, ready to be trained."""
    dice, bound = torch.Generator().manual_seed(seed), 1 / math.sqrt(H)

    def weight(*dims: int) -> Tensor:
        return ((2 * torch.rand(*dims, generator=dice) - 1) * bound).requires_grad_()

    layers = [{"W": weight(D if i == 0 else H, H), "U": weight(H, H), "b": weight(H)} for i in range(L)]
    return {"embedding": weight(V, D), "layers": layers, "W_out": weight(H, V), "b_out": weight(V)}


def next_token_losses(ids: Tensor, model: dict, h0: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """-ln of the probability that the model gave to each token of `ids` but the first.

    ids: int64[B, N], N >= 2; model: as made by `init_model`; h0: [L, B, H], None = zeros; left unmodified.
    Returns (losses: [B, N-1], column t for ids[:, t+1] after reading ids[:, :t+1]; h_n: [L, B, H], the states
    after reading ids[:, :N-1]). Large logits give finite losses; gradients flow from the losses to the weights.
    ids = [[0, 1]] and a model of zeros with V = 2 -> losses [[0.6931]]
    Source: Mikolov et al. 2010, "Recurrent neural network based language model".
    """
    # YOUR CODE HERE
    raise NotImplementedError


def perplexity_by_blocks(ids: Tensor, model: dict, k: int) -> float:
    """exp of the mean loss over all predictions in `ids`, read in blocks of `k` predictions.

    ids: int64[B, N], N >= 2, left unmodified; model: as made by `init_model`; k >= 1, may exceed N - 1.
    Each block starts from the states that the one before ended with, so the result does not depend on k.
    A model of zeros with V = 5 -> 5.0, whatever the text.
    Source: Jelinek et al. 1977, "Perplexity: a measure of the difficulty of speech recognition tasks".
    """
    # YOUR CODE HERE
    raise NotImplementedError


def generate(prompt: Tensor, model: dict, n: int) -> Tensor:
    """The `n` tokens that the model writes after the prompt, each the most likely one after all before it.

    prompt: int64[B, P], P >= 1, left unmodified; model: as made by `init_model`; n >= 0.
    Returns int64[B, n], the new tokens only; among equal logits the smallest id wins.
    A model of zeros, n = 3 -> [[0, 0, 0]]
    Source: Graves 2013, "Generating Sequences With Recurrent Neural Networks" (there by sampling).
    """
    # YOUR CODE HERE
    raise NotImplementedError
