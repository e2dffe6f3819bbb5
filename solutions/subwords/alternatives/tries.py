"""Pieces in a trie of nested dicts: one walk from each start finds every piece that begins there."""

import math

END = object()


def grow(pieces):
    root = {}
    for piece, value in pieces:
        node = root
        for character in piece:
            node = node.setdefault(character, {})
        node[END] = value
    return root


def walk(root, word, start):
    """(end, value) of every piece that begins at `start`, the shortest first."""
    node = root
    for end in range(start, len(word)):
        node = node.get(word[end])
        if node is None:
            return
        if END in node:
            yield end + 1, node[END]


def start_pieces(word):
    return list(word[:1]) + ["##" + c for c in word[1:]]


def join_pieces(left, right):
    return left + right[2:]


def wordpiece_score(words):
    singles, doubles = {}, {}
    for word, n in words.items():
        previous = None
        for piece in word:
            singles[piece] = singles.get(piece, 0) + n
            if previous is not None:
                doubles[previous, piece] = doubles.get((previous, piece), 0) + n
            previous = piece
    return {(a, b): doubles[a, b] / singles[a] / singles[b] for a, b in doubles}


def wordpiece(word, vocab, unk="[UNK]", max_chars=200):
    if len(word) > max_chars:
        return [unk]
    heads = grow((piece, piece) for piece in vocab)
    tails = grow((piece[2:], piece) for piece in vocab if piece.startswith("##"))
    found, at = [], 0
    while at < len(word):
        matches = list(walk(tails if at else heads, word, at))
        if not matches:
            return [unk]
        at, piece = matches[-1]
        found.append(piece)
    return found


def viterbi(word, logp):
    root = grow(logp.items())
    cells = {0: (0.0, None)}
    for start in range(len(word)):
        if start not in cells:
            continue
        for end, value in walk(root, word, start):
            score = cells[start][0] + value
            if end not in cells or score > cells[end][0]:
                cells[end] = (score, start)
    if len(word) not in cells:
        return [], -math.inf
    pieces, end = [], len(word)
    while cells[end][1] is not None:
        start = cells[end][1]
        pieces.insert(0, word[start:end])
        end = start
    return pieces, cells[len(word)][0]
