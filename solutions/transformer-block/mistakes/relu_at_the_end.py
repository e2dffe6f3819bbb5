r"""
loses: [feed-forward]
hint:
  en: 'Your ReLU comes after the second map: the network can then never lower a value, and its two maps are one.'
  fr: 'Votre ReLU vient après la seconde application : le réseau ne peut alors jamais abaisser une valeur, et ses deux applications n''en font qu''une.'
"""


def feed_forward(x, W_1, b_1, W_2, b_2):
    return ((x @ W_1 + b_1) @ W_2 + b_2).relu()
