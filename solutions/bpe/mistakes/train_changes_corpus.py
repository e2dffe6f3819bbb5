"""
loses: [train]
hint:
  en: 'You rewrite the dictionary you were given. Build your own from it: the caller''s word frequencies must survive.'
  fr: 'Vous réécrivez le dictionnaire reçu. Construisez le vôtre à partir de lui : les fréquences de l''appelant doivent survivre.'
"""


def train_bpe(word_freqs, n_merges):
    for word in list(word_freqs):
        word_freqs[(*word, END)] = word_freqs.pop(word)
    words = word_freqs
    characters = sorted({character for word in words for character in word if character != END})
    number = {symbol: position for position, symbol in enumerate([*characters, END])}
    merges = []
    while len(merges) < n_merges and (counts := pair_counts(words)):
        left, right = min(counts, key=lambda pair: (-counts[pair], number[pair[0]], number[pair[1]]))
        number[left + right] = len(number)
        words = {tuple(merge_pair(word, (left, right), left + right)): count for word, count in words.items()}
        merges.append((left, right))
    return merges
