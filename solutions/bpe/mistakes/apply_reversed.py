"""
loses: [apply]
hint:
  en: You replay the merges from the last to the first. A late merge needs the symbols that the early ones make.
  fr: Vous rejouez les fusions de la dernière à la première. Une fusion tardive a besoin des symboles que créent les premières.
"""


def apply_bpe(word, merges):
    symbols = [*word, END]
    for left, right in reversed(merges):
        symbols = merge_pair(symbols, (left, right), left + right)
    return symbols
