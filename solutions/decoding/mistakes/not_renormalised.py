"""
loses: [distribution]
hint:
  en: >-
    Your rows do not sum to 1 after a filter: the tokens that are left must share what the removed ones had.
  fr: >-
    Vos lignes ne somment plus à 1 après un filtre : les tokens restants doivent se partager ce qu'avaient les
    autres.
"""

import math


def next_token_probs(logits, temperature=1.0, top_k=None, top_p=None):
    logits = apply_temperature(logits, temperature)
    probs = logits.softmax(dim=-1)
    if top_k is not None:
        logits = top_k_filter(logits, top_k)
    if top_p is not None:
        logits = top_p_filter(logits, top_p)
    return probs.masked_fill(logits == -math.inf, 0.0)
