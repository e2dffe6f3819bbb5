"""
loses: [pooling]
hint:
  en: >-
    You count the real tokens and take as many from the left. They may stand anywhere.
  fr: >-
    Vous comptez les vrais tokens et en prenez autant depuis la gauche. Ils peuvent être n'importe où.
"""

import torch


def masked_mean_pool(hidden, mask):
    count = mask.sum(dim=1, keepdim=True)
    front = torch.arange(mask.shape[1]) < count
    return hidden.masked_fill(~front[..., None], 0.0).sum(dim=1) / count.clamp(min=1)
