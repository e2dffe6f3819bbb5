"""
loses: [ties]
hint:
  en: Among equals you compare the right symbols first. The left symbol decides; the right one only when the left ones are the same.
  fr: Entre ex aequo, vous comparez d'abord les symboles de droite. C'est celui de gauche qui décide ; celui de droite seulement si les gauches sont les mêmes.
"""


def train_bpe(word_freqs, n_merges):
    words = {(*word, END): frequency for word, frequency in word_freqs.items()}
    characters = sorted({character for word in word_freqs for character in word})
    number = {symbol: position for position, symbol in enumerate([*characters, END])}
    merges = []
    while len(merges) < n_merges and (counts := pair_counts(words)):
        left, right = min(counts, key=lambda pair: (-counts[pair], number[pair[1]], number[pair[0]]))
        number[left + right] = len(number)
        words = {tuple(merge_pair(word, (left, right), left + right)): count for word, count in words.items()}
        merges.append((left, right))
    return merges
