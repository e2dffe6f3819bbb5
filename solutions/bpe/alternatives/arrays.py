"""Ids in numpy arrays: one array for the corpus, word borders as -1, pairs found by comparison of shifted copies."""

import numpy as np

END = "</w>"
BORDER = -1


def pair_counts(words):
    counts = {}
    for symbols, frequency in words.items():
        for i, j in zip(range(len(symbols) - 1), range(1, len(symbols)), strict=True):
            key = (symbols[i], symbols[j])
            counts[key] = counts.get(key, 0) + frequency
    return counts


def starts_of(hits):
    """Positions of True, without the second of two that overlap."""
    chosen, last = [], -2
    for position in np.flatnonzero(hits).tolist():
        if position > last + 1:
            chosen.append(position)
            last = position
    return np.array(chosen, dtype=np.int64)


def merge_array(ids, weights, left, right, new):
    starts = starts_of((ids[:-1] == left) & (ids[1:] == right))
    ids = ids.copy()
    ids[starts] = new
    return np.delete(ids, starts + 1), np.delete(weights, starts + 1)


def learn(ids, weights, n_merges, first):
    merges = []
    for new in range(first, first + n_merges):
        inside = (ids[:-1] != BORDER) & (ids[1:] != BORDER)
        pairs = np.stack([ids[:-1], ids[1:]], axis=1)[inside]
        if len(pairs) == 0:
            break
        kinds, which = np.unique(pairs, axis=0, return_inverse=True)
        counts = np.bincount(which.reshape(-1), weights=weights[:-1][inside])
        left, right = kinds[int(counts.argmax())].tolist()
        ids, weights = merge_array(ids, weights, left, right, new)
        merges.append((left, right))
    return merges


def merge_pair(symbols, pair, new):
    ids = {}
    for symbol in [*symbols, *pair, new]:
        ids.setdefault(symbol, len(ids))
    names = list(ids)
    array = np.array([ids[symbol] for symbol in symbols], dtype=np.int64)
    merged, _ = merge_array(array, array, ids[pair[0]], ids[pair[1]], ids[new])
    return [names[i] for i in merged.tolist()]


def train_bpe(word_freqs, n_merges):
    names = [*sorted({c for word in word_freqs for c in word}), END]
    flat, weights = [BORDER], [0]
    for word, frequency in word_freqs.items():
        flat += [names.index(c) for c in word] + [len(names) - 1, BORDER]
        weights += [frequency] * (len(word) + 1) + [0]
    merges = []
    for left, right in learn(np.array(flat), np.array(weights), n_merges, len(names)):
        merges.append((names[left], names[right]))
        names.append(names[left] + names[right])
    return merges


def apply_bpe(word, merges):
    symbols = list(word) + [END]
    for pair in merges:
        symbols = merge_pair(symbols, pair, "".join(pair))
    return symbols


def bytes_of(text):
    return np.frombuffer(text.encode(), dtype=np.uint8).astype(np.int64)


def train_bytes(text, n_merges):
    ids = bytes_of(text)
    return learn(ids, np.ones(len(ids), dtype=np.int64), n_merges, 256)


def encode(text, merges):
    ids = bytes_of(text)
    for i, (left, right) in enumerate(merges):
        ids, _ = merge_array(ids, ids, left, right, 256 + i)
    return ids.tolist()


def decode(ids, merges):
    stack, data = list(reversed(ids)), bytearray()
    while stack:
        token = stack.pop()
        if token < 256:
            data.append(token)
        else:
            stack.extend(reversed(merges[token - 256]))
    return data.decode(errors="replace")
