"""
loses: [spans, span-edges]
hint:
  en: >-
    You put a sentinel for each hidden token. One stands for the whole span, however long.
  fr: >-
    Vous mettez une sentinelle par token caché. Une seule tient lieu du segment entier, quelle que soit
    sa longueur.
"""

import torch


def span_corrupt(ids, spans, first_sentinel):
    text, inputs, targets, done = ids.tolist(), [], [], 0
    ordered = sorted(spans)
    for number, (start, end) in enumerate(ordered):
        if start < done or start >= end or end > len(text):
            raise ValueError("impossible span")
        sentinel = first_sentinel - number
        inputs.extend(text[done:start])
        inputs.extend([sentinel] * (end - start))
        targets.append(sentinel)
        targets.extend(text[start:end])
        done = end
    inputs.extend(text[done:])
    targets.append(first_sentinel - len(spans))
    return torch.tensor(inputs, dtype=torch.int64), torch.tensor(targets, dtype=torch.int64)
