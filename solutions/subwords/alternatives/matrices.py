"""Arrays: counts as one-hot products, log-probabilities as a matrix over (start, end), maxima by column."""

import re

import numpy as np


def start_pieces(word):
    pieces = np.array(list(word), dtype=object)
    pieces[1:] = "##" + pieces[1:]
    return pieces.tolist()


def join_pieces(left, right):
    return "".join([left, right[len("##") :]])


def wordpiece_score(words):
    names = sorted({piece for word in words for piece in word})
    index = {name: i for i, name in enumerate(names)}
    count = np.zeros(len(names))
    together = np.zeros((len(names), len(names)))
    for word, n in words.items():
        ids = np.array([index[piece] for piece in word], dtype=int)
        np.add.at(count, ids, n)
        np.add.at(together, (ids[:-1], ids[1:]), n)
    return {(names[i], names[j]): float(together[i, j] / (count[i] * count[j])) for i, j in np.argwhere(together)}


def alternation(pieces):
    """A pattern that matches the longest of the pieces, or nothing at all."""
    return re.compile(
        "|".join(re.escape(piece) for piece in sorted(pieces, key=len, reverse=True)) or "(?!)", re.DOTALL
    )


def wordpiece(word, vocab, unk="[UNK]", max_chars=200):
    if word == "":
        return []
    if len(word) > max_chars:
        return [unk]
    first = alternation(piece for piece in vocab if piece)
    later = alternation(piece[2:] for piece in vocab if piece[:2] == "##" and piece[2:])
    match = first.match(word)
    found = [match.group()] if match else [unk]
    while match and match.end() < len(word):
        match = later.match(word, match.end())
        if match:
            found.append("##" + match.group())
    return found if match else [unk]


def viterbi(word, logp):
    n = len(word)
    edges = np.full((n + 1, n + 1), -np.inf)
    for piece, value in logp.items():
        for hit in re.finditer(f"(?={re.escape(piece)})", word):
            edges[hit.start(), hit.start() + len(piece)] = value
    best = np.full(n + 1, -np.inf)
    best[0] = 0.0
    origin = np.zeros(n + 1, dtype=int)
    for end in range(1, n + 1):
        candidates = best[:end] + edges[:end, end]
        origin[end] = candidates.argmax()
        best[end] = candidates.max()
    if np.isneginf(best[n]):
        return [], float("-inf")
    cuts = [n]
    while cuts[-1]:
        cuts.append(int(origin[cuts[-1]]))
    cuts.reverse()
    return [word[a:b] for a, b in zip(cuts[:-1], cuts[1:], strict=True)], float(best[n])
