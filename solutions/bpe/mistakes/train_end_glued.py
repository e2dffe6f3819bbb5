"""
loses: [train, ties]
hint:
  en: You glue END to the last letter of the word. Here END is a symbol of its own, which a merge may or may not join to that letter.
  fr: Vous collez END à la dernière lettre du mot. Ici, END est un symbole à part entière, qu'une fusion peut ou non joindre à cette lettre.
"""


def train_bpe(word_freqs, n_merges):
    words = {(*word[:-1], word[-1] + END): frequency for word, frequency in word_freqs.items()}
    number = {symbol: position for position, symbol in enumerate(sorted({symbol for word in words for symbol in word}))}
    merges = []
    while len(merges) < n_merges and (counts := pair_counts(words)):
        left, right = min(counts, key=lambda pair: (-counts[pair], number[pair[0]], number[pair[1]]))
        number[left + right] = len(number)
        words = {tuple(merge_pair(word, (left, right), left + right)): count for word, count in words.items()}
        merges.append((left, right))
    return merges
