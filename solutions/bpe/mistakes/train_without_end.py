"""
loses: [train, ties]
hint:
  en: Your words are not closed by END before the pairs are counted. How would `at` in `rat` differ from `at` in `rats`?
  fr: Vos mots ne sont pas suivis de END avant de compter les paires. Comment le `at` de `rat` se distinguerait-il de celui de `rats` ?
"""


def train_bpe(word_freqs, n_merges):
    words = {tuple(word): frequency for word, frequency in word_freqs.items()}
    characters = sorted({character for word in word_freqs for character in word})
    number = {symbol: position for position, symbol in enumerate([*characters, END])}
    merges = []
    while len(merges) < n_merges and (counts := pair_counts(words)):
        left, right = min(counts, key=lambda pair: (-counts[pair], number[pair[0]], number[pair[1]]))
        number[left + right] = len(number)
        words = {tuple(merge_pair(word, (left, right), left + right)): count for word, count in words.items()}
        merges.append((left, right))
    return merges
