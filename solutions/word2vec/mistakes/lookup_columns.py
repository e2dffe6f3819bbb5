"""
loses: [lookup]
hint:
  en: 'You pick columns of the table. Which of its two axes runs over the words?'
  fr: 'Vous choisissez des colonnes de la table. Lequel de ses deux axes parcourt les mots ?'
"""

import torch


def embedding_lookup(table, ids):
    if ((ids < 0) | (ids >= len(table))).any():
        raise IndexError("id out of range")
    return torch.movedim(table[:, ids % table.shape[1]], 0, -1)
