"""
loses: [train, ties]
hint:
  en: Your counts drift. When a pair is merged, the pairs that its two symbols formed with their neighbours occur less often than before.
  fr: Vos comptes dérivent. Quand une paire est fusionnée, les paires que ses deux symboles formaient avec leurs voisins apparaissent moins souvent qu'avant.
"""


def train_bpe(word_freqs, n_merges):
    words = {(*word, END): frequency for word, frequency in word_freqs.items()}
    characters = sorted({character for word in word_freqs for character in word})
    number = {symbol: position for position, symbol in enumerate([*characters, END])}
    counts = Counter(pair_counts(words))
    merges = []
    while len(merges) < n_merges and counts:
        left, right = min(counts, key=lambda pair: (-counts[pair], number[pair[0]], number[pair[1]]))
        number[left + right] = len(number)
        words = {tuple(merge_pair(word, (left, right), left + right)): count for word, count in words.items()}
        del counts[(left, right)]
        for pair, count in pair_counts(words).items():
            if left + right in pair:
                counts[pair] = count
        merges.append((left, right))
    return merges
