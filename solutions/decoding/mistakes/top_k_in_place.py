"""
loses: [invariants]
hint:
  en: >-
    Your top-k writes −∞ into the logits it was given: work on a copy.
  fr: >-
    Votre top-k écrit −∞ dans les logits reçus : travaillez sur une copie.
"""

import math

import torch


def top_k_filter(logits, k):
    if k < 1:
        raise ValueError("k must be 1 or more")
    bar = logits.topk(min(k, logits.shape[-1])).values[:, -1:]
    with torch.no_grad():
        logits[logits < bar] = -math.inf
    return logits
