"""
loses: [trained]
hint:
  en: >-
    You do not look into the submodules.
  fr: >-
    Vous ne regardez pas dans les sous-modules.
"""


def count_trainable(module):
    return sum(each.numel() for each in module.parameters(recurse=False) if each.requires_grad)
