"""
loses: [distribution]
hint:
  en: >-
    Your temperature comes after the filters, so top-p adds up other probabilities than those that are drawn
    from.
  fr: >-
    Votre température vient après les filtres : le top-p additionne donc d'autres probabilités que celles dont
    on tire.
"""


def next_token_probs(logits, temperature=1.0, top_k=None, top_p=None):
    if top_k is not None:
        logits = top_k_filter(logits, top_k)
    if top_p is not None:
        logits = top_p_filter(logits, top_p)
    return apply_temperature(logits, temperature).softmax(dim=-1)
