r"""
loses: [inputs]
hint:
  en: 'You add the positions to the embeddings as they are: the factor that brings these to the same size is missing.'
  fr: 'Vous ajoutez les positions aux embeddings tels quels : il manque le facteur qui met ceux-ci à la même échelle.'
"""


def embed(ids, table):
    return add_positions(table[ids])
