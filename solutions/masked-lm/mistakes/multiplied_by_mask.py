"""
loses: [pooling]
hint:
  en: >-
    You multiply by the mask. 0 times NaN is NaN: what the padding holds gets through.
  fr: >-
    Vous multipliez par le masque. 0 fois NaN vaut NaN : ce que contient le remplissage passe au
    travers.
"""


def masked_mean_pool(hidden, mask):
    keep = mask[..., None].to(hidden.dtype)
    return (hidden * keep).sum(dim=1) / keep.sum(dim=1).clamp(min=1)
