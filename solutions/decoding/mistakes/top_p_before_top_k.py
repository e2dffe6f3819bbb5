"""
loses: [distribution]
hint:
  en: >-
    Your top-p comes before top-k. After top-k, the tokens that are left share 1, and fewer of them reach p.
  fr: >-
    Votre top-p vient avant le top-k. Après le top-k, les tokens restants se partagent 1, et il en faut moins
    pour atteindre p.
"""


def next_token_probs(logits, temperature=1.0, top_k=None, top_p=None):
    logits = apply_temperature(logits, temperature)
    if top_p is not None:
        logits = top_p_filter(logits, top_p)
    if top_k is not None:
        logits = top_k_filter(logits, top_k)
    return logits.softmax(dim=-1)
