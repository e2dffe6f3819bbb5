"""
loses: [distribution]
hint:
  en: >-
    `if temperature:` is false for 0: you skip the temperature where it means greedy.
  fr: >-
    `if temperature:` est faux pour 0 : vous sautez la température là où elle veut dire glouton.
"""


def next_token_probs(logits, temperature=1.0, top_k=None, top_p=None):
    if temperature:
        logits = apply_temperature(logits, temperature)
    if top_k is not None:
        logits = top_k_filter(logits, top_k)
    if top_p is not None:
        logits = top_p_filter(logits, top_p)
    return logits.softmax(dim=-1)
