"""Classes: a lattice of nodes as SentencePiece builds it, and the split as a shortest path in it (Dijkstra)."""

import heapq
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Node:
    begin: int
    end: int
    cost: float


class Lattice:
    def __init__(self, word, logp):
        self.word = word
        self.leaving = defaultdict(list)
        sizes = {len(piece) for piece in logp}
        for begin in range(len(word)):
            for size in sizes:
                piece = word[begin : begin + size]
                if len(piece) == size and piece in logp:
                    self.leaving[begin].append(Node(begin, begin + size, 0.0 - logp[piece]))

    def shortest(self):
        """cell -> (cost, where it was entered from); of two equal costs, the earlier origin."""
        reached = {0: (0.0, 0)}
        queue = [(0.0, 0)]
        done = set()
        while queue:
            cost, cell = heapq.heappop(queue)
            if cell in done:
                continue
            done.add(cell)
            for node in self.leaving[cell]:
                offer = (cost + node.cost, cell)
                if node.end not in reached or offer < reached[node.end]:
                    reached[node.end] = offer
                    heapq.heappush(queue, (offer[0], node.end))
        return reached


def start_pieces(word):
    return ["##"[: 2 * bool(i)] + word[i] for i in range(len(word))]


def join_pieces(left, right):
    assert right.startswith("##")
    return left + right[2:]


class Corpus:
    def __init__(self, words):
        self.count = defaultdict(Fraction)
        self.pair = defaultdict(Fraction)
        for word, n in words.items():
            for i, piece in enumerate(word):
                self.count[piece] += n
                if i:
                    self.pair[word[i - 1], piece] += n

    def score(self, a, b):
        return float(self.pair[a, b] / self.count[a] / self.count[b])


def wordpiece_score(words):
    corpus = Corpus(words)
    return {pair: corpus.score(*pair) for pair in corpus.pair}


class Splitter:
    def __init__(self, vocab):
        self.vocab = vocab
        self.longest = max(map(len, vocab), default=0)

    def longest_at(self, word, start):
        mark = "##" if start > 0 else ""
        piece = mark + word[start : start + self.longest]
        while len(piece) > len(mark):
            if piece in self.vocab:
                return piece, start + len(piece) - len(mark)
            piece = piece[:-1]
        raise LookupError(word[start:])


def wordpiece(word, vocab, unk="[UNK]", max_chars=200):
    if not len(word) <= max_chars:
        return [unk]
    splitter, out, start = Splitter(vocab), [], 0
    try:
        while start != len(word):
            piece, start = splitter.longest_at(word, start)
            out.append(piece)
    except LookupError:
        return [unk]
    return out


def viterbi(word, logp):
    reached = Lattice(word, logp).shortest()
    if len(word) not in reached:
        return [], -float("inf")
    end, pieces = len(word), []
    while end:
        begin = reached[end][1]
        pieces = [word[begin:end], *pieces]
        end = begin
    return pieces, 0.0 - reached[len(word)][0]
