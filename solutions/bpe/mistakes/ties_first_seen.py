"""
loses: [ties]
hint:
  en: Among equals you take the pair that was seen first, which depends on the order of the corpus. Let the numbers of the symbols decide.
  fr: Entre ex aequo, vous prenez la paire vue la première, ce qui dépend de l'ordre du corpus. Laissez décider les numéros des symboles.
"""


def train_bpe(word_freqs, n_merges):
    words = {(*word, END): frequency for word, frequency in word_freqs.items()}
    characters = sorted({character for word in word_freqs for character in word})
    number = {symbol: position for position, symbol in enumerate([*characters, END])}
    merges = []
    while len(merges) < n_merges and (counts := pair_counts(words)):
        left, right = max(counts, key=counts.get)
        number[left + right] = len(number)
        words = {tuple(merge_pair(word, (left, right), left + right)): count for word, count in words.items()}
        merges.append((left, right))
    return merges
