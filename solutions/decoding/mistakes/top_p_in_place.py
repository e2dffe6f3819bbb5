"""
loses: [invariants]
hint:
  en: >-
    Your top-p writes −∞ into the logits it was given: work on a copy.
  fr: >-
    Votre top-p écrit −∞ dans les logits reçus : travaillez sur une copie.
"""

import math

import torch


def top_p_filter(logits, p):
    if not 0 <= p <= 1:
        raise ValueError("p is a probability")
    if p == 1:
        return logits.clone()
    ranked = logits.sort(dim=-1, descending=True).values
    count = (ranked.softmax(dim=-1).cumsum(dim=-1) < p).sum(dim=-1, keepdim=True)
    bar = ranked.gather(-1, count.clamp(max=logits.shape[-1] - 1))
    with torch.no_grad():
        logits.masked_fill_(logits < bar, -math.inf)
    return logits
