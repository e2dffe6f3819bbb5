"""
loses: [marks]
hint:
  en: The mark of the right piece is still there, in the middle of the glued name.
  fr: La marque du morceau de droite est toujours là, au milieu du nom collé.
"""


def join_pieces(left, right):
    return left + right
