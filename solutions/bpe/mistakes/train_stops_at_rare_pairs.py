"""
loses: [train]
hint:
  en: You stop when every pair occurs once. The rule here is to go on while any pair is left.
  fr: Vous vous arrêtez quand chaque paire n'apparaît qu'une fois. La règle, ici, est de continuer tant qu'il reste une paire.
"""


def train_bpe(word_freqs, n_merges):
    words = {(*word, END): frequency for word, frequency in word_freqs.items()}
    characters = sorted({character for word in word_freqs for character in word})
    number = {symbol: position for position, symbol in enumerate([*characters, END])}
    merges = []
    while len(merges) < n_merges and max((counts := pair_counts(words)).values(), default=0) > 1:
        left, right = min(counts, key=lambda pair: (-counts[pair], number[pair[0]], number[pair[1]]))
        number[left + right] = len(number)
        words = {tuple(merge_pair(word, (left, right), left + right)): count for word, count in words.items()}
        merges.append((left, right))
    return merges
