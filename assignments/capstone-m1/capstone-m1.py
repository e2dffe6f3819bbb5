# Capstone: three translators — check your work: autograder check capstone-m1.py
# Projet de synthèse : trois traducteurs — vérifiez votre travail : autograder check capstone-m1.py

from collections.abc import Iterator

import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks import FLOAT32, close, expect, parts, same, shape


PAD, BOS, EOS = 0, 1, 2
N_HEADS = 4  # of the Transformer
BATCH, RATE = 64, 0.005  # sentences per step, and Adam's learning rate at its highest


def add_positions(x: Tensor) -> Tensor:
    """Embeddings [B, T, d] with the sinusoidal encoding of their position added (Vaswani et al. 2017, section 3.5)."""
    place, column = torch.arange(x.shape[1]).unsqueeze(1), torch.arange(x.shape[2])
    angle = place / 10_000 ** ((column - column % 2) / x.shape[2])
    return x + torch.where(column % 2 == 0, angle.sin(), angle.cos())


def fresh_params(
    kind: str, V_src: int, V: int, seed: int = 0, D: int = 32, H: int = 96, A: int = 32, d: int = 48, d_ff: int = 96
) -> dict:
    """The weights of a model before training: matrices random, biases 0, gammas 1. The same seed gives the same."""
    dice = torch.Generator().manual_seed(seed)

    def drawn(*size: int, fan: int) -> Tensor:
        return torch.randn(*size, generator=dice) / fan**0.5

    def layer(attentions: str, norms: int) -> dict[str, Tensor]:
        weights = {f"{letter}_{role}": drawn(d, d, fan=d) for letter in attentions for role in "qkvo"}
        weights |= {"W_1": drawn(d, d_ff, fan=d), "b_1": torch.zeros(d_ff)}
        weights |= {"W_2": drawn(d_ff, d, fan=d_ff), "b_2": torch.zeros(d)}
        for i in range(1, norms + 1):
            weights |= {f"gamma_{i}": torch.ones(d), f"beta_{i}": torch.zeros(d)}
        return weights

    if kind == "transformer":
        params = {"E_src": drawn(V_src, d, fan=d), "E_tgt": drawn(V, d, fan=d)}
        params |= {"encoder": [layer("W", norms=2)], "decoder": [layer("WC", norms=3)]}
        return params | {"W_out": drawn(d, V, fan=d), "b_out": torch.zeros(V)}
    read = D + H if kind == "additive" else D  # what enters the decoder at each step
    params = {"E_src": drawn(V_src, D, fan=D), "W_enc": drawn(H, D, fan=D), "U_enc": drawn(H, H, fan=H)}
    params |= {"E_tgt": drawn(V, D, fan=D), "W_dec": drawn(H, read, fan=read), "U_dec": drawn(H, H, fan=H)}
    params |= {"b_enc": torch.zeros(H), "b_dec": torch.zeros(H)}
    params |= {"W_out": drawn(V, H, fan=H), "b_out": torch.zeros(V)}
    return params | ({"W_a": drawn(A, 2 * H, fan=2 * H), "v_a": drawn(A, fan=A)} if kind == "additive" else {})


def copied(params, trainable: bool):
    """The same dicts and lists with copies of their tensors, which gather gradients if `trainable`."""
    if isinstance(params, Tensor):
        return params.detach().clone().requires_grad_(trainable)
    if isinstance(params, dict):
        return {name: copied(part, trainable) for name, part in params.items()}
    return [copied(part, trainable) for part in params]


def leaves(params) -> list[Tensor]:
    """All tensors of nested dicts and lists, in order."""
    if isinstance(params, Tensor):
        return [params]
    inside = params.values() if isinstance(params, dict) else params
    return [leaf for part in inside for leaf in leaves(part)]


def batches(src: Tensor, tgt: Tensor, steps: int, seed: int) -> Iterator[tuple[Tensor, Tensor]]:
    """`steps` random batches of BATCH sentences, without the columns in which all of them are padding."""
    dice = torch.Generator().manual_seed(seed)
    for _ in range(steps):
        chosen = torch.randint(len(src), (BATCH,), generator=dice)
        source, target = src[chosen], tgt[chosen]
        yield source[:, (source != PAD).any(dim=0)], target[:, (target != PAD).any(dim=0)]


def plain_logits(src: Tensor, read: Tensor, params: dict) -> Tensor:
    """Scores of the next token at every position, from the encoder's last state alone.

    src: int64[B, S]; read: int64[B, T], from <s> on; params: see the table of "plain".
    Returns [B, T, V]; logits[:, t] is about what follows read[:, t].
    Source: Sutskever et al. 2014, "Sequence to Sequence Learning with Neural Networks", with a tanh cell.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def additive_logits(src: Tensor, read: Tensor, params: dict) -> tuple[Tensor, Tensor]:
    """Scores of the next token at every position, and where the decoder looked for each.

    src: int64[B, S]; read: int64[B, T], from <s> on; params: see the table of "additive".
    Returns (logits: [B, T, V], weights: [B, T, S]); weights sum to 1 over S and are 0 on padding.
    Source: Bahdanau et al. 2015, "Neural Machine Translation by Jointly Learning to Align and Translate", section 3.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def transformer_logits(src: Tensor, read: Tensor, params: dict) -> tuple[Tensor, Tensor]:
    """Scores of the next token at every position, and where the last layer's cross-attention looked for each.

    src: int64[B, S]; read: int64[B, T], from <s> on; params: see the table of "transformer"; N_HEADS heads.
    Returns (logits: [B, T, V], weights: [B, T, S], the mean over the heads); weights sum to 1 and are 0 on padding.
    Source: Vaswani et al. 2017, "Attention Is All You Need", section 3.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def logits_of(kind: str, src: Tensor, read: Tensor, params: dict) -> Tensor:
    """The logits [B, T, V] of the model of this kind: "plain", "additive" or "transformer"."""
    if kind == "plain":
        return plain_logits(src, read, params)
    return (additive_logits if kind == "additive" else transformer_logits)(src, read, params)[0]


def batch_loss(logits: Tensor, target: Tensor) -> Tensor:
    """Mean cross-entropy over the real tokens of a batch, in nats.

    logits: [B, T - 1, V]; target: int64[B, T], from <s> to </s>, padded at the end; T >= 2; returns [].
    Two equal logits, one token to guess -> ln 2 = 0.6931.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def train(kind: str, params: dict, src: Tensor, tgt: Tensor, steps: int, seed: int = 0) -> tuple[dict, list[float]]:
    """Trained copies of the weights, and the loss of every step.

    kind: "plain", "additive" or "transformer"; src: int64[N, S], tgt: int64[N, T], from <s> to </s>; steps >= 0.
    Returns (params, losses: list of `steps` floats, each before its step). The rate falls to 0 in the second half.
    """
    torch.set_num_threads(1)  # such small matrices are slower when several threads share and wait
    params = copied(params, trainable=True)
    weights = leaves(params)
    optimiser = torch.optim.Adam(weights, lr=RATE)
    losses: list[float] = []
    for step, (source, target) in enumerate(batches(src, tgt, steps, seed)):
        optimiser.param_groups[0]["lr"] = RATE * min(1.0, 2.0 * (1.0 - step / steps))
        # YOUR CODE HERE
        raise NotImplementedError
    return copied(params, trainable=False), losses


def translate(kind: str, src: Tensor, params: dict, max_len: int) -> list[list[int]]:
    """The most likely next token, over and over: ids from after <s> to before </s>.

    kind: "plain", "additive" or "transformer"; src: int64[B, S]; max_len >= 0: tokens written at most.
    """
    # YOUR CODE HERE
    raise NotImplementedError
