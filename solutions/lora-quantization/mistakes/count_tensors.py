"""
loses: [trained]
hint:
  en: >-
    You count tensors; the question is how many numbers they hold.
  fr: >-
    Vous comptez les tenseurs ; la question est combien de nombres ils contiennent.
"""


def count_trainable(module):
    return sum(parameter.requires_grad for parameter in module.parameters())
