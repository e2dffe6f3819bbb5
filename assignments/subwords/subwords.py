# WordPiece and unigram — check your work: autograder check subwords.py
# WordPiece et unigramme — vérifiez votre travail : autograder check subwords.py

import math
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

from autograder.checks import FLOAT64, close, parts, same

MARK = "##"  # what a piece carries when it continues a word
UNK = "[UNK]"  # what a word becomes when it cannot be split


def start_pieces(word: str) -> list[str]:
    """The characters of a word as pieces: the first one bare, the others with MARK in front.

    start_pieces("chat") -> ["c", "##h", "##a", "##t"]
    Source: Devlin et al. 2019, "BERT", the vocabulary of its released code.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def join_pieces(left: str, right: str) -> str:
    """The piece that two neighbours make: `left` as it is, then `right` without its MARK.

    right: carries MARK; left: with or without.
    join_pieces("##h", "##a") -> "##ha"
    """
    # YOUR CODE HERE
    raise NotImplementedError


def wordpiece_score(words: dict[tuple[str, ...], int]) -> dict[tuple[str, str], float]:
    """For each pair of neighbours: its count divided by the product of the counts of its two pieces.

    words: a word as a tuple of pieces -> its frequency (>= 1), left as it was. Pairs that do not occur are absent.
    wordpiece_score({("a", "##b"): 2, ("a",): 2}) -> {("a", "##b"): 0.25}
    Source: Hugging Face LLM course, chapter 6, after Schuster & Nakajima 2012, "Japanese and Korean voice search".
    """
    # YOUR CODE HERE
    raise NotImplementedError


def wordpiece(word: str, vocab: dict[str, int], unk: str = UNK, max_chars: int = 200) -> list[str]:
    """The pieces of a word, the longest match first from the left; `[unk]` when it cannot be covered.

    vocab: piece -> id, where a piece that continues a word carries MARK; left as it was. max_chars: the longest word
    that is split, in characters. An empty word gives [].
    wordpiece("chats", {"chat": 0, "##s": 1}) -> ["chat", "##s"]
    Source: Devlin et al. 2019, "BERT", `tokenization.py` of its released code.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def viterbi(word: str, logp: dict[str, float]) -> tuple[list[str], float]:
    """The split of a word whose log-probabilities have the largest sum, and that sum: (pieces, score).

    logp: piece -> its natural log-probability, finite, <= 0; left as it was. Ties: the longest last piece, then the
    longest one before it, and so on. ([], -math.inf) when there is no split, ([], 0.0) for an empty word.
    viterbi("aab", {"a": -1.0, "ab": -1.5, "b": -2.0}) -> (["a", "ab"], -2.5)
    Source: Kudo 2018, "Subword regularization", section 3.2; Viterbi 1967, "Error bounds for convolutional codes".
    """
    # YOUR CODE HERE
    raise NotImplementedError
