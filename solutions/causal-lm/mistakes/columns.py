"""
loses: [blocks]
hint:
  en: >-
    Read your first row: its tokens are far apart in the text. The text runs along the rows, not down the
    columns.
  fr: >-
    Lisez votre première ligne : ses tokens sont éloignés dans le texte. Le texte court le long des lignes,
    pas des colonnes.
"""


def make_blocks(ids, k):
    if k < 1:
        raise ValueError("k < 1")

    count = len(ids) // k
    return ids[: count * k].reshape(k, count).T
