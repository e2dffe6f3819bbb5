"""
loses: [top-p]
hint:
  en: >-
    You compare each token with the best one; that is min-p, another filter. Top-p looks at the sum of the
    probabilities.
  fr: >-
    Vous comparez chaque token au meilleur ; c'est min-p, un autre filtre. Le top-p regarde la somme des
    probabilités.
"""

import math


def top_p_filter(logits, p):
    if not 0 <= p <= 1:
        raise ValueError("p is a probability")
    if p == 1:
        return logits.clone()
    probs = logits.softmax(dim=-1)
    return logits.masked_fill(probs < p * probs.amax(dim=-1, keepdim=True), -math.inf)
