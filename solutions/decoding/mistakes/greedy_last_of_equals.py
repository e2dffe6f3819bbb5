"""
loses: [temperature]
hint:
  en: >-
    Of several tokens with the same highest logit you take the last; the smallest id is asked for.
  fr: >-
    De plusieurs tokens de même logit maximal, vous prenez le dernier ; on demande le plus petit identifiant.
"""


def greedy(logits):
    return logits.shape[-1] - 1 - logits.flip(-1).argmax(dim=-1)
