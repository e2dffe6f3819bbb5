"""
loses: [merge]
hint:
  en: You merge inside one long string, where the end of a longer symbol looks like the left part of the pair. Compare whole symbols; they may also be ids.
  fr: Vous fusionnez dans une longue chaîne, où la fin d'un symbole plus long ressemble à la partie gauche de la paire. Comparez des symboles entiers ; ce peuvent aussi être des identifiants.
"""


def merge_pair(symbols, pair, new):
    kind = type(new)
    joined = " ".join(str(symbol) for symbol in symbols)
    replaced = joined.replace(f"{pair[0]} {pair[1]}", str(new))
    return [kind(symbol) for symbol in replaced.split()]
