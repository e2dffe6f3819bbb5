"""Iterators all the way: merges consume a stream of symbols, training yields merges one by one."""

from itertools import chain, islice, tee

END = "</w>"
NOTHING = object()


def neighbours(symbols):
    first, second = tee(symbols)
    return zip(first, islice(second, 1, None), strict=False)


def pair_counts(words):
    table = {}
    for symbols, frequency in words.items():
        for pair in neighbours(symbols):
            table.setdefault(pair, []).append(frequency)
    return {pair: sum(frequencies) for pair, frequencies in table.items()}


def merged(symbols, pair, new):
    stream = chain(symbols, [NOTHING])
    held = next(stream)
    while held is not NOTHING:
        following = next(stream)
        if (held, following) == pair:
            yield new
            held = next(stream)
        else:
            yield held
            held = following


def merge_pair(symbols, pair, new):
    return [*merged(symbols, pair, new)]


def learning(words, order, name):
    while counts := pair_counts(words):
        best = sorted(counts, key=lambda pair: [order[pair[0]], order[pair[1]]])
        best = max(best, key=lambda pair: counts[pair])
        new = name(best, len(order))
        order[new] = len(order)
        words = {tuple(merged(word, best, new)): count for word, count in words.items()}
        yield best


def train_bpe(word_freqs, n_merges):
    words = {tuple(chain(word, [END])): frequency for word, frequency in word_freqs.items()}
    letters = sorted(set(chain.from_iterable(word_freqs)))
    order = {symbol: rank for rank, symbol in enumerate(chain(letters, [END]))}
    return [*islice(learning(words, order, lambda pair, _: "".join(pair)), n_merges)]


def apply_bpe(word, merges):
    stream = chain(word, [END])
    for pair in merges:
        stream = merged(stream, pair, "".join(pair))
    return [*stream]


def train_bytes(text, n_merges):
    order = {byte: byte for byte in range(256)}
    return [*islice(learning({tuple(text.encode()): 1}, order, lambda _, size: size), n_merges)]


def encode(text, merges):
    stream = iter(text.encode())
    for index, pair in enumerate(merges):
        stream = merged(stream, pair, index + 256)
    return [*stream]


def decode(ids, merges):
    def spelled(token):
        return (token,) if token < 256 else (*spelled(merges[token - 256][0]), *spelled(merges[token - 256][1]))

    return bytes(chain.from_iterable(map(spelled, ids))).decode("utf-8", "replace")
