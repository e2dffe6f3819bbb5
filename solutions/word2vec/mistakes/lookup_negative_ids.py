"""
loses: [lookup]
hint:
  en: 'You let Python''s brackets decide: an id of -1 reads the last row of the table instead of raising an error.'
  fr: 'Vous laissez faire les crochets de Python : un identifiant -1 lit la dernière ligne de la table au lieu de lever une erreur.'
"""


def embedding_lookup(table, ids):
    return table[ids]
