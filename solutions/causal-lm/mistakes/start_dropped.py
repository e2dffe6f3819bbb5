"""
loses: [blocks]
hint:
  en: >-
    You drop what is left over at the beginning of the text; it is at its end that tokens are left over.
  fr: >-
    Vous abandonnez le reste au début du texte ; c'est à la fin qu'il y a des tokens en trop.
"""


def make_blocks(ids, k):
    if k < 1:
        raise ValueError("k < 1")

    return ids[len(ids) % k :].reshape(-1, k)
