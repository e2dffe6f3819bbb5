"""
loses: [top-p]
hint:
  en: >-
    You carry your decision back in the wrong direction: `order[i]` says which token stands at place i, not at
    which place token i stands.
  fr: >-
    Vous rapportez votre décision dans le mauvais sens : `order[i]` dit quel token est à la place i, et non à
    quelle place est le token i.
"""

import math


def top_p_filter(logits, p):
    if not 0 <= p <= 1:
        raise ValueError("p is a probability")
    if p == 1:
        return logits.clone()
    ranked, order = logits.sort(dim=-1, descending=True)
    probs = ranked.softmax(dim=-1)
    out = probs.cumsum(dim=-1) - probs >= p
    out[:, 0] = False
    return logits.masked_fill(out.gather(-1, order), -math.inf)
