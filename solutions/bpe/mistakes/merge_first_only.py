"""
loses: [merge]
hint:
  en: You merge the first occurrence of the pair only. A merge applies wherever the pair occurs.
  fr: Vous ne fusionnez que la première occurrence de la paire. Une fusion s'applique partout où la paire apparaît.
"""


def merge_pair(symbols, pair, new):
    for position in range(len(symbols) - 1):
        if (symbols[position], symbols[position + 1]) == pair:
            return [*symbols[:position], new, *symbols[position + 2 :]]
    return list(symbols)
