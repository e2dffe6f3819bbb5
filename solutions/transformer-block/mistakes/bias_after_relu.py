r"""
loses: [feed-forward]
hint:
  en: 'You add the first bias after the ReLU. It belongs before it: it sets the threshold of each hidden value.'
  fr: 'Vous ajoutez le premier biais après la ReLU. Il se place avant : c''est lui qui fixe le seuil de chaque valeur cachée.'
"""


def feed_forward(x, W_1, b_1, W_2, b_2):
    return ((x @ W_1).relu() + b_1) @ W_2 + b_2
