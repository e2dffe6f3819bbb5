"""
loses: [merge]
hint:
  en: Your loop ends before the last symbol. It has no right neighbour, but it must not disappear.
  fr: Votre boucle s'arrête avant le dernier symbole. Il n'a pas de voisin de droite, mais il ne doit pas disparaître.
"""


def merge_pair(symbols, pair, new):
    merged, position = [], 0
    while position < len(symbols) - 1:
        if (symbols[position], symbols[position + 1]) == pair:
            merged.append(new)
            position += 2
        else:
            merged.append(symbols[position])
            position += 1
    return merged
