"""
loses: [trained]
hint:
  en: >-
    You count the frozen numbers too: no optimiser would change them.
  fr: >-
    Vous comptez aussi les nombres gelés : aucun optimiseur ne les changerait.
"""


def count_trainable(module):
    return sum(parameter.numel() for parameter in module.parameters())
