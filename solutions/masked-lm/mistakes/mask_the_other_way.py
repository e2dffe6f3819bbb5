"""
loses: [pooling]
hint:
  en: >-
    You average the padding. True means a real token here, as everywhere in the course.
  fr: >-
    Vous faites la moyenne du remplissage. True signale ici un vrai token, comme partout dans le cours.
"""


def masked_mean_pool(hidden, mask):
    return hidden.masked_fill(mask[..., None], 0.0).sum(dim=1) / (~mask).sum(dim=1, keepdim=True).clamp(min=1)
