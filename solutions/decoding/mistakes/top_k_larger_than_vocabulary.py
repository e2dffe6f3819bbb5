"""
loses: [top-k]
hint:
  en: >-
    With k larger than the vocabulary there is no k-th token. Nothing is to be removed then.
  fr: >-
    Quand k dépasse la taille du vocabulaire, il n'y a pas de k-ième token. Il n'y a alors rien à retirer.
"""

import math


def top_k_filter(logits, k):
    if k < 1:
        raise ValueError("k must be 1 or more")
    bar = logits.topk(k).values[:, -1:]
    return logits.masked_fill(logits < bar, -math.inf)
