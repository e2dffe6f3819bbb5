r"""
loses: [feed-forward]
hint:
  en: 'Your two maps have no bias: with x = 0 the network should still answer something.'
  fr: 'Vos deux applications n''ont pas de biais : avec x = 0, le réseau devrait tout de même répondre quelque chose.'
"""


def feed_forward(x, W_1, b_1, W_2, b_2):
    return (x @ W_1).relu() @ W_2
