"""
loses: [edges]
hint:
  en: >-
    An `assert` raises AssertionError, and disappears when Python runs with `-O`. Which error is asked for?
  fr: >-
    Un `assert` lève AssertionError, et disparaît quand Python tourne avec `-O`. Quelle erreur est demandée ?
"""


def split_heads(x, n_heads):
    assert n_heads >= 1 and x.shape[-1] % n_heads == 0
    return x.unflatten(-1, (n_heads, -1)).transpose(1, 2)
