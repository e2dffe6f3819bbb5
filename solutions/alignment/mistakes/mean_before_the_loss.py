"""
loses: [reward]
hint:
  en: >-
    The mean is taken of the differences, before the logarithm: a pair in the right order then pays for one
    in the wrong order. Each pair has a loss of its own first.
  fr: >-
    La moyenne est prise sur les écarts, avant le logarithme : une paire dans le bon ordre compense alors une
    paire dans le mauvais. Chaque paire a d'abord sa propre perte.
"""

import torch.nn.functional as F


def reward_loss(r_chosen, r_rejected):
    return -F.logsigmoid((r_chosen - r_rejected).mean())
