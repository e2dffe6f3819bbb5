r"""
loses: [positions]
hint:
  en: 'You add the positions into the tensor you were given: the caller''s embeddings are changed. The sum belongs in a new tensor.'
  fr: 'Vous ajoutez les positions dans le tenseur reçu : les embeddings de l''appelant sont modifiés. La somme doit aller dans un nouveau tenseur.'
"""


def add_positions(x):
    x += sinusoidal(x.shape[1], x.shape[2])
    return x
