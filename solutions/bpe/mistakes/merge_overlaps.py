"""
loses: [merge]
hint:
  en: You use one symbol in two merges. After a merge, the next symbol to look at comes after both merged ones.
  fr: Vous utilisez un même symbole dans deux fusions. Après une fusion, le prochain symbole à regarder vient après les deux qui ont été fusionnés.
"""


def merge_pair(symbols, pair, new):
    merged, taken = [], False
    for position, symbol in enumerate(symbols):
        if tuple(symbols[position : position + 2]) == pair:
            merged.append(new)
            taken = True
        else:
            if not taken:
                merged.append(symbol)
            taken = False
    return merged
