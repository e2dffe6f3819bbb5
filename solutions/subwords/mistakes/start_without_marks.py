"""
loses: [marks]
hint:
  en: Your pieces are bare characters. Which of them have something in front of them in the word, and how does their name show it?
  fr: Vos morceaux sont des caractères nus. Lesquels ont quelque chose devant eux dans le mot, et comment leur nom le montre-t-il ?
"""


def start_pieces(word):
    return list(word)
