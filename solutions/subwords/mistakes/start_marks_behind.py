"""
loses: [marks]
hint:
  en: Your mark stands behind the pieces that are followed by another. It goes in front of those that follow one.
  fr: Votre marque est derrière les morceaux que suit un autre. Elle va devant ceux qui en suivent un.
"""


def start_pieces(word):
    return [character + MARK for character in word[:-1]] + list(word[-1:])
