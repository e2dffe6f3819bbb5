"""
loses: [classes]
hint:
  en: >-
    Your logits have left the graph of autograd: the head would learn nothing.
  fr: >-
    Vos logits ont quitté le graphe d'autograd : la tête n'apprendrait rien.
"""


def classification_logits(hidden, mask, weight, bias):
    return masked_mean_pool(hidden, mask) @ weight.detach().T + bias.detach()
