r"""
loses: [transformer, learning]
hint:
  en: 'Your Transformer does not know the order of the words: what must be added to the embeddings?'
  fr: 'Votre Transformer ne connaît pas l''ordre des mots : que faut-il ajouter aux embeddings ?'
"""


def scaled_rows(ids, table):
    return table[ids] * table.shape[1] ** 0.5
