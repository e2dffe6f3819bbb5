"""
loses: [marks]
hint:
  en: The first piece carries the mark too. It continues nothing.
  fr: Le premier morceau porte lui aussi la marque. Il ne continue rien.
"""


def start_pieces(word):
    return [MARK + character for character in word]
