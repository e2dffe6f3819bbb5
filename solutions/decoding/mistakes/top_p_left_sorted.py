"""
loses: [top-p]
hint:
  en: >-
    Your result is in sorted order: the logits that stay must stay where they were.
  fr: >-
    Votre résultat est trié : les logits qui restent doivent rester là où ils étaient.
"""

import math


def top_p_filter(logits, p):
    if not 0 <= p <= 1:
        raise ValueError("p is a probability")
    if p == 1:
        return logits.clone()
    ranked = logits.sort(dim=-1, descending=True).values
    probs = ranked.softmax(dim=-1)
    bar = ranked.gather(-1, (probs.cumsum(dim=-1) < p).sum(dim=-1, keepdim=True).clamp(max=logits.shape[-1] - 1))
    return ranked.masked_fill(ranked < bar, -math.inf)
