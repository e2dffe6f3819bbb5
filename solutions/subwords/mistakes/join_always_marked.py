"""
loses: [marks]
hint:
  en: Your glued piece always carries the mark. When the left piece begins the word, so does the glued one.
  fr: Votre morceau collé porte toujours la marque. Quand celui de gauche commence le mot, le morceau collé aussi.
"""


def join_pieces(left, right):
    return MARK + left.removeprefix(MARK) + right.removeprefix(MARK)
