"""
loses: [distribution]
hint:
  en: >-
    `if top_p:` is false for 0 too. Only `None` turns the filter off.
  fr: >-
    `if top_p:` est faux pour 0 aussi. Seul `None` désactive le filtre.
"""


def next_token_probs(logits, temperature=1.0, top_k=None, top_p=None):
    logits = apply_temperature(logits, temperature)
    if top_k:
        logits = top_k_filter(logits, top_k)
    if top_p:
        logits = top_p_filter(logits, top_p)
    return logits.softmax(dim=-1)
