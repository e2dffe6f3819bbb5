"""
loses: [masks]
hint:
  en: >-
    You place the padding along the queries. A padded token must not be *looked at*: it is a key that is hidden.
  fr: >-
    Vous placez le padding le long des requêtes. Un token de padding ne doit pas être *regardé* : c'est une clé
    que l'on cache.
"""


def combine_masks(keep=None, allowed=None):
    padding = None if keep is None else keep[:, None, :, None]
    rule = None if allowed is None else allowed[None, None]
    if padding is None or rule is None:
        return rule if padding is None else padding
    return padding & rule
