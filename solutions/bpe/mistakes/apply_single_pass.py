"""
loses: [apply]
hint:
  en: You replay each merge once per word, at its first occurrence. A merge applies wherever its pair occurs.
  fr: Vous rejouez chaque fusion une fois par mot, à sa première occurrence. Une fusion s'applique partout où sa paire apparaît.
"""


def apply_bpe(word, merges):
    symbols = [*word, END]
    for left, right in merges:
        for position, pair in enumerate(pairwise(symbols)):
            if pair == (left, right):
                symbols[position : position + 2] = [left + right]
                break
    return symbols
