"""
loses: [pooling]
hint:
  en: >-
    Your means have left the graph of autograd: the encoder below would learn nothing.
  fr: >-
    Vos moyennes ont quitté le graphe d'autograd : l'encodeur en dessous n'apprendrait rien.
"""


def masked_mean_pool(hidden, mask):
    kept = hidden.detach().masked_fill(~mask[..., None], 0.0)
    return kept.sum(dim=1) / mask.sum(dim=1, keepdim=True).clamp(min=1)
