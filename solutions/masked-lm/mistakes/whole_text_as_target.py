"""
loses: [spans, span-edges]
hint:
  en: >-
    Your targets are the whole text. T5 writes only what was hidden, each span after its sentinel.
  fr: >-
    Vos cibles sont le texte entier. T5 n'écrit que ce qui était caché, chaque segment après sa
    sentinelle.
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
        done = end
    inputs.extend(text[done:])
    targets = text
    return torch.tensor(inputs, dtype=torch.int64), torch.tensor(targets, dtype=torch.int64)
