"""
loses: [blocks]
hint:
  en: >-
    Each of your blocks begins with the last token of the one before. A token belongs to one block only.
  fr: >-
    Chacun de vos blocs commence par le dernier token du précédent. Un token n'appartient qu'à un bloc.
"""

import torch


def make_blocks(ids, k):
    if k < 1:
        raise ValueError("k < 1")

    step = max(k - 1, 1)
    starts = range(0, len(ids) - k + 1, step)
    return torch.stack([ids[s : s + k] for s in starts]) if len(ids) >= k else ids.new_zeros(0, k)
