"""
loses: [split-heads]
hint:
  en: >-
    Your last two dimensions are columns, then tokens. Attention expects one token per row.
  fr: >-
    Vos deux dernières dimensions sont les colonnes, puis les tokens. L'attention attend un token par ligne.
"""


def split_heads(x, n_heads):
    B, T, d = x.shape
    if n_heads < 1 or d % n_heads:
        raise ValueError("heads")
    return x.reshape(B, T, n_heads, d // n_heads).permute(0, 2, 3, 1)
