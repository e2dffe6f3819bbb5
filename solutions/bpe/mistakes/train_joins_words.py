"""
loses: [train, ties]
hint:
  en: You train on one long sequence of all the words. A pair never spans the end of a word and the start of the next.
  fr: Vous apprenez sur une seule longue séquence de tous les mots. Une paire n'est jamais à cheval sur la fin d'un mot et le début du suivant.
"""


def train_bpe(word_freqs, n_merges):
    words = {tuple(symbol for word, frequency in word_freqs.items() for symbol in [*word, END] * frequency): 1}
    characters = sorted({character for word in word_freqs for character in word})
    number = {symbol: position for position, symbol in enumerate([*characters, END])}
    merges = []
    while len(merges) < n_merges and (counts := pair_counts(words)):
        left, right = min(counts, key=lambda pair: (-counts[pair], number[pair[0]], number[pair[1]]))
        number[left + right] = len(number)
        words = {tuple(merge_pair(word, (left, right), left + right)): count for word, count in words.items()}
        merges.append((left, right))
    return merges
