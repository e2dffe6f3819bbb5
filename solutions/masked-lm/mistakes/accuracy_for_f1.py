"""
loses: [classes]
hint:
  en: >-
    You return the share of right answers, in which a rare class hardly counts.
  fr: >-
    Vous renvoyez la part de réponses justes, où une classe rare ne compte presque pas.
"""


def macro_f1(predicted, gold):
    if not len(gold):
        raise ValueError("no text")
    return float((predicted == gold).double().mean())
