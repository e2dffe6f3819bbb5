r"""
loses: [feed-forward]
hint:
  en: 'Two linear maps in a row are one linear map. What stands between them?'
  fr: 'Deux applications linéaires à la suite n''en font qu''une. Qu''y a-t-il entre les deux ?'
"""


def feed_forward(x, W_1, b_1, W_2, b_2):
    return (x @ W_1 + b_1) @ W_2 + b_2
