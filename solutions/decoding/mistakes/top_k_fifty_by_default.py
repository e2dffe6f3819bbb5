"""
loses: [distribution]
hint:
  en: >-
    Without `top_k` you leave 50 tokens, as one library does. Here `None` turns the filter off.
  fr: >-
    Sans `top_k`, vous laissez 50 tokens, comme le fait une bibliothèque. Ici, `None` désactive le filtre.
"""


def next_token_probs(logits, temperature=1.0, top_k=None, top_p=None):
    logits = apply_temperature(logits, temperature)
    logits = top_k_filter(logits, 50 if top_k is None else top_k)
    if top_p is not None:
        logits = top_p_filter(logits, top_p)
    return logits.softmax(dim=-1)
