"""
loses: [marks]
hint:
  en: You take the mark off both pieces. What glues on to the middle of a word still continues that word.
  fr: Vous ôtez la marque des deux morceaux. Ce qui est collé au milieu d'un mot continue toujours ce mot.
"""


def join_pieces(left, right):
    return left.removeprefix(MARK) + right.removeprefix(MARK)
