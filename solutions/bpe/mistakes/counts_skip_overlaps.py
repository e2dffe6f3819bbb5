"""
loses: [counts]
hint:
  en: You count pairs without overlap, as `str.count` does. When counting, every position that has a right neighbour holds a pair.
  fr: Vous comptez les paires sans chevauchement, comme `str.count`. Pour compter, chaque position qui a un voisin de droite contient une paire.
"""


def pair_counts(words):
    counts = Counter()
    for symbols, frequency in words.items():
        position = 0
        while position + 1 < len(symbols):
            pair = (symbols[position], symbols[position + 1])
            counts[pair] += frequency
            repeats = pair == tuple(symbols[position + 1 : position + 3])
            position += 2 if repeats else 1
    return dict(counts)
