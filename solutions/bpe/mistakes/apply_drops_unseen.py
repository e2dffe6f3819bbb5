"""
loses: [apply]
hint:
  en: You leave out the characters that occur in no merge. They stay in the result, as they are.
  fr: Vous laissez de côté les caractères qui n'apparaissent dans aucune fusion. Ils restent dans le résultat, tels quels.
"""


def apply_bpe(word, merges):
    seen = {character for pair in merges for part in pair for character in part}
    symbols = [*(character for character in word if character in seen), END]
    for left, right in merges:
        symbols = merge_pair(symbols, (left, right), left + right)
    return symbols
