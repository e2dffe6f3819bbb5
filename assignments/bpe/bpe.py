# Byte Pair Encoding — check your work: autograder check bpe.py
# Le Byte Pair Encoding — vérifiez votre travail : autograder check bpe.py

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from autograder.checks import same

END = "</w>"  # the symbol that closes every word
BYTES = 256  # ids 0 to 255 are bytes, merges get the ids from 256 on

Symbol = TypeVar("Symbol", str, int)  # strings in words, integers in bytes


def word_frequencies(texts: list[str]) -> dict[str, int]:
    """How often each word of the texts occurs, in lower case; a punctuation mark is a word of its own.

    word_frequencies(["Le chat dort.", "le rat"]) -> {"le": 2, "chat": 1, "dort": 1, ".": 1, "rat": 1}
    """
    return dict(Counter(word for text in texts for word in re.findall(r"\w+|[^\w\s]", text.lower())))


def pair_counts(words: dict[tuple[Symbol, ...], int]) -> dict[tuple[Symbol, Symbol], int]:
    """How often each pair of neighbouring symbols occurs.

    words: a word as a tuple of symbols -> its frequency (>= 1). Pairs that do not occur are absent.
    pair_counts({("a", "a", "b"): 2, ("a", "b"): 1}) -> {("a", "a"): 2, ("a", "b"): 3}
    """
    # YOUR CODE HERE
    raise NotImplementedError


def merge_pair(symbols: Sequence[Symbol], pair: tuple[Symbol, Symbol], new: Symbol) -> list[Symbol]:
    """The symbols with every occurrence of `pair` replaced by `new`, from left to right, without overlap.

    symbols: a list or tuple, left as it was; returns a new list.
    merge_pair(["a", "a", "a", "b"], ("a", "a"), "aa") -> ["aa", "a", "b"]
    Source: Sennrich, Haddow & Birch 2016, "Neural machine translation of rare words with subword units", section 3.2.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def train_bpe(word_freqs: dict[str, int], n_merges: int) -> list[tuple[str, str]]:
    """The first `n_merges` merges learned from a corpus, in order; fewer when no pair is left.

    word_freqs: word -> frequency (>= 1), left as it was; n_merges >= 0. Ties: smallest number on the left, then on the
    right; numbers go to the sorted characters, then END, then the merged symbols in the order they are made.
    train_bpe({"ab": 2, "abc": 1}, 2) -> [("a", "b"), ("ab", "</w>")]
    Source: Sennrich, Haddow & Birch 2016, algorithm 1; Gage 1994, "A new algorithm for data compression".
    """
    # YOUR CODE HERE
    raise NotImplementedError


def apply_bpe(word: str, merges: list[tuple[str, str]]) -> list[str]:
    """The symbols of a word: its characters and END, with the merges replayed in the order they were learned.

    merges: as `train_bpe` returns them. Unseen characters stay as they are; joined, the symbols give word + END.
    apply_bpe("rats", [("a", "t"), ("at", "</w>"), ("r", "at")]) -> ["rat", "s", "</w>"]
    Source: Sennrich, Haddow & Birch 2016, section 3.2.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def train_bytes(text: str, n_merges: int) -> list[tuple[int, int]]:
    """The first `n_merges` merges learned from the UTF-8 bytes of a text; fewer when no pair is left.

    Merge number i makes the id 256 + i. Ties: the smallest pair of ids, left first. n_merges >= 0.
    train_bytes("abab", 2) -> [(97, 98), (256, 256)]
    Source: Radford et al. 2019, "Language models are unsupervised multitask learners", section 2.2.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def encode(text: str, merges: list[tuple[int, int]]) -> list[int]:
    """The ids of a text: its UTF-8 bytes, with the merges replayed in order; merge number i makes the id 256 + i.

    merges: as `train_bytes` returns them.
    encode("abaé", [(97, 98)]) -> [256, 97, 195, 169]
    """
    # YOUR CODE HERE
    raise NotImplementedError


def decode(ids: list[int], merges: list[tuple[int, int]]) -> str:
    """The text of some ids; bytes that are not valid UTF-8 become U+FFFD, as with errors="replace".

    ids: 0 <= id < 256 + len(merges); merges: as `train_bytes` returns them.
    decode([256, 195, 169], [(97, 98)]) -> "abé"
    """
    # YOUR CODE HERE
    raise NotImplementedError
