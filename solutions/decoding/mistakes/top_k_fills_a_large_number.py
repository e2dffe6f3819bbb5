"""
loses: [top-k]
hint:
  en: >-
    A very negative number is not −∞: among logits of that size it would win. Removed means −∞.
  fr: >-
    Un nombre très négatif n'est pas −∞ : parmi des logits de cette taille, il gagnerait. Retiré veut dire −∞.
"""


def top_k_filter(logits, k):
    if k < 1:
        raise ValueError("k must be 1 or more")
    bar = logits.topk(min(k, logits.shape[-1])).values[:, -1:]
    return logits.masked_fill(logits < bar, -1e9)
