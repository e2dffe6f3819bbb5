"""
loses: [invariants]
hint:
  en: >-
    Your probabilities are right but cut from the graph: no gradient reaches the logits.
  fr: >-
    Vos probabilités sont justes mais coupées du graphe : aucun gradient n'atteint les logits.
"""

import torch


def next_token_probs(logits, temperature=1.0, top_k=None, top_p=None):
    with torch.no_grad():
        logits = apply_temperature(logits, temperature)
        if top_k is not None:
            logits = top_k_filter(logits, top_k)
        if top_p is not None:
            logits = top_p_filter(logits, top_p)
        return logits.softmax(dim=-1)
