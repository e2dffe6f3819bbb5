"""
loses: [distribution]
hint:
  en: >-
    You return logits: the last of the four steps is missing.
  fr: >-
    Vous renvoyez des logits : il manque la dernière des quatre étapes.
"""


def next_token_probs(logits, temperature=1.0, top_k=None, top_p=None):
    logits = apply_temperature(logits, temperature)
    if top_k is not None:
        logits = top_k_filter(logits, top_k)
    if top_p is not None:
        logits = top_p_filter(logits, top_p)
    return logits
