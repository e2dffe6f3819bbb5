"""
loses: [blocks]
hint:
  en: >-
    A text that fills its last block exactly loses it. How many whole blocks does a text of 2k tokens hold?
  fr: >-
    Un texte qui remplit exactement son dernier bloc le perd. Combien de blocs entiers un texte de 2k tokens
    contient-il ?
"""


def make_blocks(ids, k):
    if k < 1:
        raise ValueError("k < 1")

    count = max(len(ids) - 1, 0) // k
    return ids[: count * k].reshape(count, k)
