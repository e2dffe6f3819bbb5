# Sequence to sequence with additive attention — check your work: autograder check seq2seq.py
# De séquence à séquence avec attention additive — vérifiez votre travail : autograder check seq2seq.py

import math

import torch
from torch import Tensor

from autograder.checks import FLOAT32, close, expect, finite, gradients, parts, same, shape, unchanged


def encode(source: Tensor, mask: Tensor, p: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
    """Hidden states of a batch of source sentences.

    source: int64 [B, S], S >= 1; mask: bool [B, S], True = real token, padding at the end.
    p: E_src [V_src, D], W_enc [H, D], U_enc [H, H], b_enc [H].
    Returns (enc: [B, S, H], zero at padding; s0: [B, H], the state after the last real token).
    Source: Cho et al. 2014, "Learning Phrase Representations using RNN Encoder-Decoder", section 2.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def additive_attention(s: Tensor, enc: Tensor, mask: Tensor, W_a: Tensor, v_a: Tensor) -> tuple[Tensor, Tensor]:
    """What a decoder state sees of the source, and where it looks.

    s: [B, H]; enc: [B, S, H]; mask: bool [B, S], True = may be looked at; W_a: [A, H + H], on [s; h_j]; v_a: [A].
    Returns (context: [B, H], weights: [B, S]); weights sum to 1 over S, or are all 0 where the mask is all False.
    Source: Bahdanau et al. 2015, "Neural Machine Translation by Jointly Learning to Align and Translate", appendix A.1.2.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def decoder_step(
    y: Tensor, s: Tensor, enc: Tensor, mask: Tensor, p: dict[str, Tensor]
) -> tuple[Tensor, Tensor, Tensor]:
    """Reads one token per sentence; scores the next one.

    y: int64 [B], the tokens read; s: [B, H]; enc: [B, S, H]; mask: bool [B, S].
    p: E_tgt [V, D], W_dec [H, D + H], on [embedding; context], U_dec [H, H], b_dec [H], W_out [V, H], b_out [V],
    W_a [A, H + H], v_a [A].
    Returns (logits: [B, V], s_new: [B, H], weights: [B, S]).
    Source: Bahdanau et al. 2015, section 3.1 and appendix A.2.2, with a tanh cell in place of the gated one.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def teacher_forced(target: Tensor, s: Tensor, enc: Tensor, mask: Tensor, p: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
    """Scores of the next token at every step of a known target.

    target: int64 [B, T], T >= 2, from <s> to </s>; s: [B, H], the first state; enc: [B, S, H]; mask: bool [B, S].
    Returns (logits: [B, T - 1, V], weights: [B, T - 1, S]); logits[:, t] is about target[:, t + 1].
    Source: Williams and Zipser 1989, "A Learning Algorithm for Continually Running Fully Recurrent Neural Networks".
    """
    # YOUR CODE HERE
    raise NotImplementedError


def greedy_generate(
    s: Tensor, enc: Tensor, mask: Tensor, p: dict[str, Tensor], bos: int, eos: int, max_len: int
) -> list[list[int]]:
    """The most likely next token, over and over: ids from after <s> to before </s>.

    s: [B, H], the first state; enc: [B, S, H]; mask: bool [B, S]; max_len >= 0: tokens written at most.
    Returns B lists of ints, without bos at the start and eos at the end; of equal logits the smallest id wins.
    Source: Sutskever et al. 2014, "Sequence to Sequence Learning with Neural Networks", section 3.2 (a beam of 1).
    """
    # YOUR CODE HERE
    raise NotImplementedError
