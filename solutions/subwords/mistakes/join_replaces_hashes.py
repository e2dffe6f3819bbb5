"""
loses: [marks]
hint:
  en: '`replace` takes out every `##`, also one that belongs to the word. The mark is only at the start.'
  fr: '`replace` retire tous les `##`, même celui qui appartient au mot. La marque n''est qu''au début.'
"""


def join_pieces(left, right):
    return left + right.replace(MARK, "")
