"""
loses: [one-hot]
hint:
  en: 'Your result forgets the axes of the batch: ids of shape [B, T] must give [B, T, n], not one long list of vectors.'
  fr: 'Votre résultat oublie les axes du lot : des identifiants de forme [B, T] doivent donner [B, T, n], et non une longue liste de vecteurs.'
"""

import torch


def one_hot(ids, n):
    if ((ids < 0) | (ids >= n)).any():
        raise IndexError("id out of range")
    flat = ids.reshape(-1)
    vectors = torch.zeros(flat.numel(), n)
    vectors[torch.arange(flat.numel()), flat] = 1
    return vectors
