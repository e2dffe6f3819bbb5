"""
loses: [spans, span-edges]
hint:
  en: >-
    You replace the spans in a list from left to right, and after the first replacement the later places
    are no longer theirs.
  fr: >-
    Vous remplacez les segments dans une liste de gauche à droite, et dès le premier remplacement les
    places suivantes ne sont plus les leurs.
"""

import torch


def span_corrupt(ids, spans, first_sentinel):
    text, inputs, targets, done = ids.tolist(), [], [], 0
    ordered = sorted(spans)
    for number, (start, end) in enumerate(ordered):
        if start < done or start >= end or end > len(text):
            raise ValueError("impossible span")
        sentinel = first_sentinel - number
        targets.append(sentinel)
        targets.extend(text[start:end])
        done = end
    inputs = list(text)
    for number, (start, end) in enumerate(ordered):
        inputs[start:end] = [first_sentinel - number]
    targets.append(first_sentinel - len(spans))
    return torch.tensor(inputs, dtype=torch.int64), torch.tensor(targets, dtype=torch.int64)
