"""
loses: [pooling]
hint:
  en: >-
    Your mean runs over the texts of the batch instead of the tokens of each text.
  fr: >-
    Votre moyenne porte sur les textes du lot au lieu des tokens de chaque texte.
"""


def masked_mean_pool(hidden, mask):
    return hidden.masked_fill(~mask[..., None], 0.0).sum(dim=0) / mask.sum(dim=0)[:, None].clamp(min=1)
