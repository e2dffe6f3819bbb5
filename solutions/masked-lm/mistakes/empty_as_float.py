"""
loses: [span-edges]
hint:
  en: >-
    A tensor made from an empty list is float32 unless you say otherwise. Ids stay int64.
  fr: >-
    Un tenseur fait d'une liste vide est en float32 si l'on ne précise rien. Les ids restent en int64.
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
        inputs.append(sentinel)
        targets.append(sentinel)
        targets.extend(text[start:end])
        done = end
    inputs.extend(text[done:])
    targets.append(first_sentinel - len(spans))
    return torch.tensor(inputs), torch.tensor(targets)
