"""
loses: [ties]
hint:
  en: Among equals you compare the spelling of the symbols. A merged symbol has a number of its own, given when it is made, and END comes after the letters.
  fr: Entre ex aequo, vous comparez l'orthographe des symboles. Un symbole fusionné a son propre numéro, donné à sa création, et END vient après les lettres.
"""


def train_bpe(word_freqs, n_merges):
    words = {(*word, END): frequency for word, frequency in word_freqs.items()}
    characters = sorted({character for word in word_freqs for character in word})
    number = {symbol: position for position, symbol in enumerate([*characters, END])}
    merges = []
    while len(merges) < n_merges and (counts := pair_counts(words)):
        left, right = min(counts, key=lambda pair: (-counts[pair], pair))
        number[left + right] = len(number)
        words = {tuple(merge_pair(word, (left, right), left + right)): count for word, count in words.items()}
        merges.append((left, right))
    return merges
