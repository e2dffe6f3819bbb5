"""
loses: [ties]
hint:
  en: You number END before the letters (its spelling begins with `<`). It comes after all the characters of the corpus.
  fr: Vous numérotez END avant les lettres (son orthographe commence par `<`). Il vient après tous les caractères du corpus.
"""


def train_bpe(word_freqs, n_merges):
    words = {(*word, END): frequency for word, frequency in word_freqs.items()}
    characters = sorted({symbol for word in words for symbol in word})
    number = {symbol: position for position, symbol in enumerate(characters)}
    merges = []
    while len(merges) < n_merges and (counts := pair_counts(words)):
        left, right = min(counts, key=lambda pair: (-counts[pair], number[pair[0]], number[pair[1]]))
        number[left + right] = len(number)
        words = {tuple(merge_pair(word, (left, right), left + right)): count for word, count in words.items()}
        merges.append((left, right))
    return merges
