"""
loses: [classes]
hint:
  en: >-
    You return a tensor. A Python float was asked for.
  fr: >-
    Vous renvoyez un tenseur. On demandait un float de Python.
"""

import torch


def macro_f1(predicted, gold):
    if not len(gold):
        raise ValueError("no text")
    classes = sorted({*predicted.tolist(), *gold.tolist()})
    total = 0.0
    for c in classes:
        hits = int(((predicted == c) & (gold == c)).sum())
        said, true = int((predicted == c).sum()), int((gold == c).sum())
        total += 2 * hits / (said + true)
    return torch.tensor(total / len(classes))
