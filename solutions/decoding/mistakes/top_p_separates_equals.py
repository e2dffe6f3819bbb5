"""
loses: [top-p]
hint:
  en: >-
    Of several equal tokens at the edge you leave only some, those the sort happened to put first. Equals share
    their fate.
  fr: >-
    De plusieurs ex aequo au bord, vous n'en laissez qu'une partie, celle que le tri a mise devant. Les ex aequo
    partagent leur sort.
"""

import math

import torch


def top_p_filter(logits, p):
    if not 0 <= p <= 1:
        raise ValueError("p is a probability")
    if p == 1:
        return logits.clone()
    ranked, order = logits.sort(dim=-1, descending=True, stable=True)
    probs = ranked.softmax(dim=-1)
    out = probs.cumsum(dim=-1) - probs >= p
    out[:, 0] = False
    return logits.masked_fill(torch.zeros_like(out).scatter(-1, order, out), -math.inf)
