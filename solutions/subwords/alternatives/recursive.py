"""Recursion on what is left of the word; the best split of a prefix is remembered."""

from functools import cache
from math import inf


def start_pieces(word):
    if len(word) < 2:
        return [*word]
    return [*start_pieces(word[:-1]), "##" + word[-1]]


def join_pieces(left, right):
    _, _, bare = right.partition("##")
    return f"{left}{bare}"


def wordpiece_score(words):
    def total(wanted):
        return sum(n * wanted(word) for word, n in words.items())

    pairs = {pair for word in words for pair in zip(word, word[1:], strict=False)}
    return {
        pair: total(lambda word, pair=pair: list(zip(word, word[1:], strict=False)).count(pair))
        / (total(lambda word, a=pair[0]: word.count(a)) * total(lambda word, b=pair[1]: word.count(b)))
        for pair in pairs
    }


def cover(rest, mark, vocab):
    """The pieces of `rest`, or None."""
    if not rest:
        return []
    for size in range(len(rest), 0, -1):
        piece = mark + rest[:size]
        if piece in vocab:
            others = cover(rest[size:], "##", vocab)
            return None if others is None else [piece, *others]
    return None


def wordpiece(word, vocab, unk="[UNK]", max_chars=200):
    pieces = cover(word, "", vocab) if len(word) <= max_chars else None
    return [unk] if pieces is None else pieces


def viterbi(word, logp):
    @cache
    def best(end):
        if end == 0:
            return 0.0, ()
        winner = (-inf, ())
        for start in range(end):
            if word[start:end] in logp:
                score, pieces = best(start)
                score += logp[word[start:end]]
                if score > winner[0]:
                    winner = score, (*pieces, start)
        return winner

    for end in range(len(word)):
        best(end)
    score, starts = best(len(word))
    return [word[a:b] for a, b in zip(starts, [*starts[1:], len(word)], strict=False)], score
