"""
loses: [train, ties]
hint:
  en: You count the pairs once and take the most frequent ones. Each merge changes the counts, and makes pairs that did not exist before.
  fr: Vous comptez les paires une seule fois et prenez les plus fréquentes. Chaque fusion change les comptes et crée des paires qui n'existaient pas.
"""


def train_bpe(word_freqs, n_merges):
    words = {(*word, END): frequency for word, frequency in word_freqs.items()}
    characters = sorted({character for word in word_freqs for character in word})
    number = {symbol: position for position, symbol in enumerate([*characters, END])}
    counts = pair_counts(words)
    return sorted(counts, key=lambda pair: (-counts[pair], number[pair[0]], number[pair[1]]))[:n_merges]
