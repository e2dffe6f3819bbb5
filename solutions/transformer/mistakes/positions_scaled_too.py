r"""
loses: [inputs]
hint:
  en: 'You scale after the positions are added, so that they grow with the embeddings.'
  fr: 'Vous multipliez après l''ajout des positions : elles grandissent donc avec les embeddings.'
"""


def embed(ids, table):
    return add_positions(table[ids]) * table.shape[1] ** 0.5
