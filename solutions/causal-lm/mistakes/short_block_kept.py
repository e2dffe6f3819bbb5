"""
loses: [blocks]
hint:
  en: >-
    A text shorter than k comes back as one short block. It gives no block at all.
  fr: >-
    Un texte plus court que k revient comme un bloc trop court. Il ne donne aucun bloc.
"""


def make_blocks(ids, k):
    if k < 1:
        raise ValueError("k < 1")

    if len(ids) < k:
        return ids.reshape(1, -1)
    count = len(ids) // k
    return ids[: count * k].reshape(count, k)
