"""
loses: [top-p]
hint:
  en: >-
    Logits of some thousands give infinities or NaN: what does `exp` do to them?
  fr: >-
    Des logits de quelques milliers donnent des infinis ou des NaN : que leur fait `exp` ?
"""

import math


def top_p_filter(logits, p):
    if not 0 <= p <= 1:
        raise ValueError("p is a probability")
    if p == 1:
        return logits.clone()
    ranked = logits.sort(dim=-1, descending=True).values
    weights = ranked.exp()
    sums = (weights / weights.sum(dim=-1, keepdim=True)).cumsum(dim=-1)
    bar = ranked.gather(-1, (sums < p).sum(dim=-1, keepdim=True).clamp(max=logits.shape[-1] - 1))
    return logits.masked_fill(logits < bar, -math.inf)
