"""
loses: [split-heads]
hint:
  en: >-
    You have cut the columns, but the tokens still come before the heads: attention would compare the heads of
    one token with one another.
  fr: >-
    Vous avez coupé les colonnes, mais les tokens viennent encore avant les têtes : l'attention comparerait
    entre elles les têtes d'un même token.
"""


def split_heads(x, n_heads):
    B, T, d = x.shape
    if n_heads < 1 or d % n_heads:
        raise ValueError("heads")
    return x.reshape(B, T, n_heads, d // n_heads)
