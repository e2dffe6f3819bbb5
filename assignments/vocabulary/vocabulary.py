# Vocabulary, special tokens, padding — check your work: autograder check vocabulary.py
# Vocabulaire, tokens spéciaux, remplissage — vérifiez votre travail : autograder check vocabulary.py

import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from autograder.checks import dtype, parts, raises, same, shape

PAD, BOS, EOS, UNK = "<pad>", "<s>", "</s>", "<unk>"
SPECIALS = (PAD, BOS, EOS, UNK)


def tokenize(text: str, level: str) -> list[str]:
    """The tokens of a text in Unicode's form NFC: its words (cut at whitespace) or its characters.

    level: "word" or "char"; raises ValueError for any other.
    tokenize("le chat", "word") -> ["le", "chat"]
    tokenize("un é", "char") -> ["u", "n", " ", "é"]
    Source for NFC: Unicode Standard Annex #15, "Unicode Normalization Forms".
    """
    # YOUR CODE HERE
    raise NotImplementedError


def build_vocab(texts: list[str], level: str, specials: Sequence[str] = SPECIALS) -> dict[str, int]:
    """Token -> id: the special tokens in their order, then the texts' tokens, most frequent first; ties by code point.

    level: as in `tokenize`; specials: all different. The ids are 0, 1, 2, … without a gap.
    build_vocab(["b a b", "c a"], "word", ["<unk>"]) -> {"<unk>": 0, "a": 1, "b": 2, "c": 3}
    """
    # YOUR CODE HERE
    raise NotImplementedError


def encode(text: str, vocab: dict[str, int], level: str) -> list[int]:
    """The ids of a text, between those of <s> and </s>; a token that is not in `vocab` gets the id of <unk>.

    vocab: token -> id, as `build_vocab` returns it, with PAD, BOS, EOS and UNK in it; level: as in `tokenize`.
    encode("le loup", {"<pad>": 0, "<s>": 1, "</s>": 2, "<unk>": 3, "le": 4}, "word") -> [1, 4, 3, 2]
    """
    # YOUR CODE HERE
    raise NotImplementedError


def decode(ids: list[int], vocab: dict[str, int], level: str) -> str:
    """The text of some ids, without <pad>, <s> and </s>: words joined by one space, characters by nothing.

    ids: each one in `vocab`; vocab: token -> id, in any order; level: as in `tokenize`.
    decode([1, 4, 3, 2, 0], {"<pad>": 0, "<s>": 1, "</s>": 2, "<unk>": 3, "le": 4}, "word") -> "le <unk>"
    """
    # YOUR CODE HERE
    raise NotImplementedError


def pad_batch(
    ids: list[list[int]], pad_id: int, max_len: int | None = None, side: str = "right"
) -> tuple[Tensor, Tensor]:
    """(padded, mask) of a batch of rows: int64 [B, T], and bool [B, T] with True = a real token.

    ids: B rows of any length, 0 included; T is the longest length, at most max_len. A row longer than max_len (>= 1)
    keeps its first max_len - 1 ids and its last one. side: where the padding goes, "right" or "left"; raises ValueError
    for any other.
    pad_batch([[5, 6, 7], [8]], pad_id=9) -> ([[5, 6, 7], [8, 9, 9]], [[True, True, True], [True, False, False]])
    """
    # YOUR CODE HERE
    raise NotImplementedError
