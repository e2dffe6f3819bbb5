"""
loses: [top-k]
hint:
  en: >-
    You give removed tokens the logit 0, which may be better than many others: $e^0 = 1$. Which logit makes a
    probability of 0?
  fr: >-
    Vous donnez aux tokens retirés le logit 0, qui vaut mieux que bien d'autres : $e^0 = 1$. Quel logit fait une
    probabilité nulle ?
"""


def top_k_filter(logits, k):
    if k < 1:
        raise ValueError("k must be 1 or more")
    bar = logits.topk(min(k, logits.shape[-1])).values[:, -1:]
    return logits.masked_fill(logits < bar, 0.0)
