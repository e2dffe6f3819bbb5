"""
loses: [pooling]
hint:
  en: >-
    You turn float64 into float32. The means have the dtype of the vectors.
  fr: >-
    Vous changez float64 en float32. Les moyennes ont le dtype des vecteurs.
"""


def masked_mean_pool(hidden, mask):
    kept = hidden.float().masked_fill(~mask[..., None], 0.0)
    return kept.sum(dim=1) / mask.sum(dim=1, keepdim=True).clamp(min=1)
