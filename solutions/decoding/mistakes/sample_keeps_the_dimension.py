"""
loses: [sample]
hint:
  en: >-
    Your ids are a column, [B, 1]; a flat [B] is asked for, as of `greedy`.
  fr: >-
    Vos identifiants forment une colonne, [B, 1] ; on demande un simple [B], comme pour `greedy`.
"""

import torch


def sample(probs, dice):
    numbers = torch.arange(probs.shape[-1])
    last = torch.where(probs > 0, numbers, 0).amax(dim=-1, keepdim=True)
    return torch.minimum((probs.cumsum(dim=-1) <= dice.unsqueeze(-1)).sum(dim=-1, keepdim=True), last)
