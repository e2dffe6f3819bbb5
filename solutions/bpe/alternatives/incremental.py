"""Counts kept up to date instead of recounted, splitting by the earliest merge, recursive decoding."""

from collections import defaultdict

END = "</w>"


def pair_counts(words):
    counts = defaultdict(int)
    for symbols, frequency in words.items():
        for i in range(1, len(symbols)):
            counts[symbols[i - 1], symbols[i]] += frequency
    return counts


def merge_pair(symbols, pair, new):
    out = []
    fresh = False
    for symbol in symbols:
        if out and not fresh and (out[-1], symbol) == pair:
            out[-1] = new
            fresh = True
        else:
            out.append(symbol)
            fresh = False
    return out


class Corpus:
    """Words as lists of numbers, with the pair counts and the words each pair occurs in."""

    def __init__(self, sequences, weights):
        self.sequences = sequences
        self.weights = weights
        self.counts = defaultdict(int)
        self.places = defaultdict(set)
        for index in range(len(sequences)):
            self.add(index, 1)

    def add(self, index, sign):
        sequence = self.sequences[index]
        for pair in zip(sequence, sequence[1:], strict=False):
            self.counts[pair] += sign * self.weights[index]
            self.places[pair].add(index)
            if self.counts[pair] == 0:
                del self.counts[pair]

    def learn(self, n_merges, first_new):
        learned = []
        for new in range(first_new, first_new + n_merges):
            if not self.counts:
                break
            top = max(self.counts.values())
            best = min(pair for pair, count in self.counts.items() if count == top)
            for index in self.places.pop(best):
                self.add(index, -1)
                self.sequences[index] = merge_pair(self.sequences[index], best, new)
                self.add(index, 1)
            learned.append(best)
        return learned


def train_bpe(word_freqs, n_merges):
    names = sorted(set("".join(word_freqs))) + [END]
    ids = {name: i for i, name in enumerate(names)}
    corpus = Corpus([[ids[c] for c in word] + [ids[END]] for word in word_freqs], list(word_freqs.values()))
    merges = []
    for a, b in corpus.learn(n_merges, len(names)):
        merges.append((names[a], names[b]))
        names.append(names[a] + names[b])
    return merges


def by_rank(symbols, ranks, make):
    while len(symbols) > 1:
        rank, pair = min((ranks.get(pair, len(ranks)), pair) for pair in zip(symbols, symbols[1:], strict=False))
        if rank == len(ranks):
            break
        symbols = merge_pair(symbols, pair, make(rank, pair))
    return symbols


def apply_bpe(word, merges):
    ranks = {pair: rank for rank, pair in enumerate(merges)}
    return by_rank(list(word) + [END], ranks, lambda rank, pair: pair[0] + pair[1])


def train_bytes(text, n_merges):
    return Corpus([list(bytearray(text, "utf-8"))], [1]).learn(n_merges, 256)


def encode(text, merges):
    ranks = {pair: rank for rank, pair in enumerate(merges)}
    return by_rank(list(bytearray(text, "utf-8")), ranks, lambda rank, pair: 256 + rank)


def decode(ids, merges):
    def expand(token):
        if token < 256:
            return [token]
        left, right = merges[token - 256]
        return expand(left) + expand(right)

    return str(bytes(byte for token in ids for byte in expand(token)), "utf-8", "replace")
