"""
loses: [ties]
hint:
  en: 'Among equals you take the pair with the largest numbers. The rule asks for the smallest: which order do `min` and `max` give?'
  fr: 'Entre ex aequo, vous prenez la paire aux plus grands numéros. La règle demande les plus petits : quel ordre donnent `min` et `max` ?'
"""


def train_bpe(word_freqs, n_merges):
    words = {(*word, END): frequency for word, frequency in word_freqs.items()}
    characters = sorted({character for word in word_freqs for character in word})
    number = {symbol: position for position, symbol in enumerate([*characters, END])}
    merges = []
    while len(merges) < n_merges and (counts := pair_counts(words)):
        left, right = max(counts, key=lambda pair: (counts[pair], number[pair[0]], number[pair[1]]))
        number[left + right] = len(number)
        words = {tuple(merge_pair(word, (left, right), left + right)): count for word, count in words.items()}
        merges.append((left, right))
    return merges
