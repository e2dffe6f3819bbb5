r"""
loses: [feed-forward]
hint:
  en: 'Your feed_forward already adds x to its result. The residual connection belongs to the layer, which would then add it twice.'
  fr: 'Votre feed_forward ajoute déjà x à son résultat. La connexion résiduelle appartient à la couche, qui l''ajouterait alors deux fois.'
"""


def feed_forward(x, W_1, b_1, W_2, b_2):
    return x + (x @ W_1 + b_1).relu() @ W_2 + b_2
