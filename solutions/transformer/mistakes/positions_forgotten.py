r"""
loses: [inputs]
hint:
  en: 'Your embeddings do not know where they stand: the same word gives the same vector at every position.'
  fr: 'Vos embeddings ignorent leur place : un même mot donne le même vecteur à toutes les positions.'
"""


def embed(ids, table):
    return table[ids] * table.shape[1] ** 0.5
