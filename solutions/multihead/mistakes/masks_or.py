"""
loses: [masks]
hint:
  en: >-
    Your combined mask is True where one of the two allows. A key must be a real token *and* one that the query
    may look at.
  fr: >-
    Votre masque combiné vaut True là où l'un des deux permet. Une clé doit être un vrai token *et* pouvoir être
    regardée par la requête.
"""


def combine_masks(keep=None, allowed=None):
    padding = None if keep is None else keep[:, None, None, :]
    rule = None if allowed is None else allowed[None, None]
    if padding is None or rule is None:
        return rule if padding is None else padding
    return padding | rule
