"""
loses: [train]
hint:
  en: You learn from the list of different words. The frequencies are what makes a pair frequent.
  fr: Vous apprenez à partir de la liste des mots différents. Ce sont les fréquences qui rendent une paire fréquente.
"""


def train_bpe(word_freqs, n_merges):
    words = {(*word, END): 1 for word in word_freqs}
    characters = sorted({character for word in word_freqs for character in word})
    number = {symbol: position for position, symbol in enumerate([*characters, END])}
    merges = []
    while len(merges) < n_merges and (counts := pair_counts(words)):
        left, right = min(counts, key=lambda pair: (-counts[pair], number[pair[0]], number[pair[1]]))
        number[left + right] = len(number)
        words = {tuple(merge_pair(word, (left, right), left + right)): count for word, count in words.items()}
        merges.append((left, right))
    return merges
