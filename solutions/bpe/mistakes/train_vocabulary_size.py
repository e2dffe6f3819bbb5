"""
loses: [train, ties]
hint:
  en: You stop when the vocabulary has `n_merges` symbols. The characters are not merges; count the merges only.
  fr: Vous vous arrêtez quand le vocabulaire compte `n_merges` symboles. Les caractères ne sont pas des fusions ; comptez seulement les fusions.
"""


def train_bpe(word_freqs, n_merges):
    words = {(*word, END): frequency for word, frequency in word_freqs.items()}
    characters = sorted({character for word in word_freqs for character in word})
    number = {symbol: position for position, symbol in enumerate([*characters, END])}
    merges = []
    while len(number) < n_merges and (counts := pair_counts(words)):
        left, right = min(counts, key=lambda pair: (-counts[pair], number[pair[0]], number[pair[1]]))
        number[left + right] = len(number)
        words = {tuple(merge_pair(word, (left, right), left + right)): count for word, count in words.items()}
        merges.append((left, right))
    return merges
