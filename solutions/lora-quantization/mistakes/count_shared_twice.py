"""
loses: [trained]
hint:
  en: >-
    A layer that is used in two places is counted twice: it has one set of weights.
  fr: >-
    Une couche utilisée à deux endroits est comptée deux fois : elle n'a qu'un jeu de poids.
"""


def count_trainable(module):
    every = module.named_parameters(remove_duplicate=False)
    return sum(parameter.numel() for _, parameter in every if parameter.requires_grad)
