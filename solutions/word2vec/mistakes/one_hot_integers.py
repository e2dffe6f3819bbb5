"""
loses: [one-hot]
hint:
  en: 'Your one-hot vectors are made of integers. What can multiply a table of real numbers?'
  fr: 'Vos vecteurs one-hot sont faits d''entiers. Que peut-on multiplier par une table de nombres réels ?'
"""

import torch


def one_hot(ids, n):
    if ((ids < 0) | (ids >= n)).any():
        raise IndexError("id out of range")
    return (ids.unsqueeze(-1) == torch.arange(n)).long()
