"""
loses: [lookup]
hint:
  en: 'Ids outside the table are pulled back to its first or last row, so that an error upstream stays hidden.'
  fr: 'Les identifiants hors de la table sont ramenés à sa première ou à sa dernière ligne : une erreur en amont reste cachée.'
"""


def embedding_lookup(table, ids):
    return table[ids.clamp(0, len(table) - 1)]
