"""
loses: [masks]
hint:
  en: >-
    Your mask holds numbers, and torch's attention *adds* a mask of numbers to the scores. It must be bool.
  fr: >-
    Votre masque contient des nombres, et l'attention de torch *ajoute* un masque de nombres aux scores. Il doit
    être booléen.
"""


def combine_masks(keep=None, allowed=None):
    padding = None if keep is None else keep[:, None, None, :].float()
    rule = None if allowed is None else allowed[None, None].float()
    if padding is None or rule is None:
        return rule if padding is None else padding
    return padding * rule
