"""
loses: [spans, span-edges]
hint:
  en: >-
    You walk through the spans as they are listed. Their order is free: put them in the order of the
    text first.
  fr: >-
    Vous parcourez les segments dans l'ordre de la liste. Leur ordre est libre : rangez-les d'abord dans
    l'ordre du texte.
"""

import torch


def span_corrupt(ids, spans, first_sentinel):
    text, inputs, targets, done = ids.tolist(), [], [], 0
    ordered = spans
    for number, (start, end) in enumerate(ordered):
        if start < done or start >= end or end > len(text):
            raise ValueError("impossible span")
        sentinel = first_sentinel - number
        inputs.extend(text[done:start])
        inputs.append(sentinel)
        targets.append(sentinel)
        targets.extend(text[start:end])
        done = end
    inputs.extend(text[done:])
    targets.append(first_sentinel - len(spans))
    return torch.tensor(inputs, dtype=torch.int64), torch.tensor(targets, dtype=torch.int64)
