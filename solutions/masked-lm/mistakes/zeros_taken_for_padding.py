"""
loses: [pooling]
hint:
  en: >-
    You take a vector of zeros for padding. Only the mask says what is real.
  fr: >-
    Vous prenez un vecteur nul pour du remplissage. Seul le masque dit ce qui est vrai.
"""


def masked_mean_pool(hidden, mask):
    real = mask & (hidden != 0).any(dim=-1)
    return hidden.masked_fill(~real[..., None], 0.0).sum(dim=1) / real.sum(dim=1, keepdim=True).clamp(min=1)
