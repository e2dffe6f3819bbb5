"""
loses: [apply]
hint:
  en: You merge the first pair you meet from the left. Among the pairs of a word, the one that was learned first goes first, wherever it stands.
  fr: Vous fusionnez la première paire rencontrée en partant de la gauche. Parmi les paires d'un mot, la première apprise passe d'abord, où qu'elle soit.
"""


def apply_bpe(word, merges):
    symbols = [*word, END]
    known = set(merges)
    while True:
        position = next((i for i, pair in enumerate(pairwise(symbols)) if pair in known), None)
        if position is None:
            return symbols
        symbols[position : position + 2] = ["".join(symbols[position : position + 2])]
