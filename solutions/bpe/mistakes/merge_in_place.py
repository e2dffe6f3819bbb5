"""
loses: [merge]
hint:
  en: You change the symbols you were given. The caller still needs them, and they may be a tuple.
  fr: Vous modifiez les symboles reçus. L'appelant en a encore besoin, et ce peut être un tuple.
"""


def merge_pair(symbols, pair, new):
    position = 0
    while position < len(symbols) - 1:
        if (symbols[position], symbols[position + 1]) == pair:
            symbols[position] = new
            del symbols[position + 1]
        position += 1
    return symbols
