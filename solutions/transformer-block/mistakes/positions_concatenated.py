r"""
loses: [positions]
hint:
  en: 'You put the encoding beside the embedding, which doubles the width. It is added to it, and the shape stays.'
  fr: 'Vous placez l''encodage à côté de l''embedding, ce qui double la largeur. Il s''y ajoute, et la forme ne change pas.'
"""

import torch


def add_positions(x):
    B, T, d = x.shape
    return torch.cat([x, sinusoidal(T, d).expand(B, T, d)], dim=-1)
