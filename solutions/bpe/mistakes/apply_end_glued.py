"""
loses: [apply]
hint:
  en: You glue END to the last letter before any merge. Here END starts as a symbol of its own.
  fr: Vous collez END à la dernière lettre avant toute fusion. Ici, END est d'abord un symbole à part entière.
"""


def apply_bpe(word, merges):
    symbols = [*word[:-1], word[-1:] + END]
    for left, right in merges:
        symbols = merge_pair(symbols, (left, right), left + right)
    return symbols
