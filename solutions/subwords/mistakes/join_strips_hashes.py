"""
loses: [marks]
hint:
  en: '`lstrip` takes off every `#` at the start, also one that belongs to the word. Try the pieces `c` and `###`.'
  fr: '`lstrip` ôte tous les `#` du début, même celui qui appartient au mot. Essayez les morceaux `c` et `###`.'
"""


def join_pieces(left, right):
    return left + right.lstrip("#")
