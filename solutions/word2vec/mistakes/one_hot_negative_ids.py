"""
loses: [one-hot]
hint:
  en: 'You read rows of an identity matrix: an id of -1 then quietly becomes the last word instead of an error.'
  fr: 'Vous lisez les lignes d''une matrice identité : un identifiant -1 devient alors en silence le dernier mot, au lieu d''une erreur.'
"""

import torch


def one_hot(ids, n):
    return torch.eye(n)[ids]
