"""
loses: [marks]
hint:
  en: An empty word gives one empty piece in your version. It has no piece at all.
  fr: Un mot vide donne chez vous un morceau vide. Il n'a aucun morceau.
"""


def start_pieces(word):
    return [word[:1], *(MARK + character for character in word[1:])]
