"""
loses: [counts]
hint:
  en: You count (a, b) and (b, a) as the same pair. Is `ch` the same symbol as `hc`?
  fr: Vous comptez (a, b) et (b, a) comme une même paire. `ch` est-il le même symbole que `hc` ?
"""


def pair_counts(words):
    counts = Counter()
    for symbols, frequency in words.items():
        for left, right in pairwise(symbols):
            counts[(min(left, right), max(left, right))] += frequency
    return dict(counts)
