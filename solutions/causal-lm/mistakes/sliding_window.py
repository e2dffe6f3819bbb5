"""
loses: [blocks]
hint:
  en: >-
    Your blocks slide by one token, so nearly every token is in several of them. Where does the block after
    the first one begin?
  fr: >-
    Vos blocs glissent d'un token : presque chaque token est dans plusieurs d'entre eux. Où commence le bloc
    qui suit le premier ?
"""


def make_blocks(ids, k):
    if k < 1:
        raise ValueError("k < 1")

    if len(ids) < k:
        return ids.new_zeros(0, k)
    return ids.unfold(0, k, 1)
