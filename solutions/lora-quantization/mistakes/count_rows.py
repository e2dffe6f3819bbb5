"""
loses: [trained]
hint:
  en: >-
    `len` of a tensor is its first dimension only.
  fr: >-
    `len` d'un tenseur n'est que sa première dimension.
"""


def count_trainable(module):
    return sum(len(parameter) for parameter in module.parameters() if parameter.requires_grad)
