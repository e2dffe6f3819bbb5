"""Every symbol as one private character, so that `str.replace` is the merge; no loop over positions."""

import codecs
from collections import Counter
from functools import reduce

END = "</w>"
FIRST = 0xF0000


def pair_counts(words):
    total = Counter()
    for symbols, frequency in words.items():
        once = Counter(zip(symbols, symbols[1:], strict=False))
        total.update({pair: times * frequency for pair, times in once.items()})
    return total


def merge_pair(symbols, pair, new):
    table = {}
    for symbol in (*symbols, *pair, new):
        table.setdefault(symbol, chr(FIRST + len(table)))
    back = {character: symbol for symbol, character in table.items()}
    line = "".join(map(table.get, symbols))
    return [back[c] for c in line.replace(table[pair[0]] + table[pair[1]], table[new])]


def learn(lines, n_merges, new):
    """Pairs of characters, the most frequent first, replaced one after the other by chr(new), chr(new + 1), ..."""
    merges = []
    while len(merges) < n_merges:
        counts = Counter()
        for line, frequency in lines:
            for i in range(len(line) - 1):
                counts[line[i : i + 2]] += frequency
        if not counts:
            return merges
        best = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[0][0]
        lines = [(line.replace(best, chr(new + len(merges))), frequency) for line, frequency in lines]
        merges.append(best)
    return merges


def train_bpe(word_freqs, n_merges):
    end = chr(FIRST - 1)
    names = {}
    merges = []
    lines = [(word + end, frequency) for word, frequency in word_freqs.items()]
    for index, (left, right) in enumerate(learn(lines, n_merges, FIRST)):
        pair = tuple(END if c == end else names.get(c, c) for c in (left, right))
        names[chr(FIRST + index)] = "".join(pair)
        merges.append(pair)
    return merges


def apply_bpe(word, merges):
    return reduce(lambda symbols, pair: merge_pair(symbols, pair, pair[0] + pair[1]), merges, [*word, END])


def train_bytes(text, n_merges):
    latin = text.encode("utf-8").decode("latin-1")
    return [(ord(left), ord(right)) for left, right in learn([(latin, 1)], n_merges, 256)]


def encode(text, merges):
    latin = text.encode("utf-8").decode("latin-1")
    for index, (left, right) in enumerate(merges):
        latin = latin.replace(chr(left) + chr(right), chr(256 + index))
    return [ord(c) for c in latin]


def decode(ids, merges):
    line = "".join(map(chr, ids))
    for index in range(len(merges) - 1, -1, -1):
        line = line.replace(chr(256 + index), "".join(map(chr, merges[index])))
    return codecs.decode(line.encode("latin-1"), "utf-8", "replace")
