r"""
loses: [feed-forward]
hint:
  en: 'There is one ReLU too many in your network: the result of the second map may be negative.'
  fr: 'Il y a une ReLU de trop dans votre réseau : le résultat de la seconde application peut être négatif.'
"""


def feed_forward(x, W_1, b_1, W_2, b_2):
    return ((x @ W_1 + b_1).relu() @ W_2 + b_2).relu()
