"""
loses: [masks]
hint:
  en: >-
    When both masks are given, one of them is lost in your result.
  fr: >-
    Quand les deux masques sont donnés, l'un d'eux se perd dans votre résultat.
"""


def combine_masks(keep=None, allowed=None):
    if allowed is not None:
        return allowed[None, None]
    return None if keep is None else keep[:, None, None, :]
