"""
loses: [train]
hint:
  en: What is the most frequent pair when every word is a single symbol? Stop before you look for it.
  fr: Quelle est la paire la plus fréquente quand chaque mot est un seul symbole ? Arrêtez-vous avant de la chercher.
"""


def train_bpe(word_freqs, n_merges):
    words = {(*word, END): frequency for word, frequency in word_freqs.items()}
    characters = sorted({character for word in word_freqs for character in word})
    number = {symbol: position for position, symbol in enumerate([*characters, END])}
    merges = []
    for _ in range(n_merges):
        counts = pair_counts(words)
        left, right = min(counts, key=lambda pair: (-counts[pair], number[pair[0]], number[pair[1]]))
        number[left + right] = len(number)
        words = {tuple(merge_pair(word, (left, right), left + right)): count for word, count in words.items()}
        merges.append((left, right))
    return merges
