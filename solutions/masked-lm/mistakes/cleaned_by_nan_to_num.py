"""
loses: [pooling]
hint:
  en: >-
    You clean the *result* of NaN: the real tokens of a text with bad padding are lost with it.
  fr: >-
    Vous nettoyez le *résultat* de ses NaN : les vrais tokens d'un texte au mauvais remplissage sont
    perdus avec.
"""


def masked_mean_pool(hidden, mask):
    keep = mask[..., None].to(hidden.dtype)
    return ((hidden * keep).sum(dim=1) / keep.sum(dim=1).clamp(min=1)).nan_to_num(0.0)
