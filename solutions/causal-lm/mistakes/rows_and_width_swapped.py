"""
loses: [blocks]
hint:
  en: >-
    You make k blocks; what was asked for is blocks of k tokens.
  fr: >-
    Vous faites k blocs ; on demandait des blocs de k tokens.
"""


def make_blocks(ids, k):
    if k < 1:
        raise ValueError("k < 1")

    count = len(ids) // k
    return ids[: count * k].reshape(k, count)
