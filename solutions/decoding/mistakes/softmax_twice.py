"""
loses: [distribution]
hint:
  en: >-
    You take a softmax before the filters and one after: the probabilities are taken for logits and come out
    much too flat.
  fr: >-
    Vous prenez un softmax avant les filtres et un autre après : les probabilités sont prises pour des logits et
    ressortent bien trop plates.
"""


def next_token_probs(logits, temperature=1.0, top_k=None, top_p=None):
    logits = apply_temperature(logits, temperature).softmax(dim=-1)
    if top_k is not None:
        logits = top_k_filter(logits, top_k)
    if top_p is not None:
        logits = top_p_filter(logits, top_p)
    return logits.softmax(dim=-1)
