"""
loses: [masks]
hint:
  en: >-
    You return the masks with the two dimensions they came with. Next to `[B, H, T_q, T_k]`, broadcasting takes
    the batch of `keep` for queries.
  fr: >-
    Vous renvoyez les masques avec leurs deux dimensions d'origine. En face de `[B, H, T_q, T_k]`, la diffusion
    prend le lot de `keep` pour des requêtes.
"""


def combine_masks(keep=None, allowed=None):
    if keep is None or allowed is None:
        return allowed if keep is None else keep
    return keep[:, None, None, :] & allowed
