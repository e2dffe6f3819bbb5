"""
loses: [top-k]
hint:
  en: >-
    You leave exactly k tokens, and so decide between equals by their place. What of the others with the same
    logit as the last one let in?
  fr: >-
    Vous laissez exactement k tokens, et départagez donc les ex aequo par leur place. Et les autres de même
    logit que le dernier admis ?
"""

import math

import torch


def top_k_filter(logits, k):
    if k < 1:
        raise ValueError("k must be 1 or more")
    best = logits.topk(min(k, logits.shape[-1])).indices
    return torch.full_like(logits, -math.inf).scatter(-1, best, logits.gather(-1, best))
