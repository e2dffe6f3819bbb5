"""
loses: [span-edges]
hint:
  en: >-
    Spans that touch become one in your version. They stay two, with a sentinel each.
  fr: >-
    Les segments qui se touchent n'en font plus qu'un chez vous. Ils restent deux, chacun sa sentinelle.
"""

import torch


def span_corrupt(ids, spans, first_sentinel):
    text, inputs, targets, done = ids.tolist(), [], [], 0
    ordered = []
    for start, end in sorted(spans):
        if start >= end or start < 0 or end > len(text) or (ordered and start < ordered[-1][1]):
            raise ValueError("impossible span")
        if ordered and start == ordered[-1][1]:
            start = ordered.pop()[0]
        ordered.append((start, end))
    for number, (start, end) in enumerate(ordered):
        sentinel = first_sentinel - number
        inputs.extend(text[done:start])
        inputs.append(sentinel)
        targets.append(sentinel)
        targets.extend(text[start:end])
        done = end
    inputs.extend(text[done:])
    targets.append(first_sentinel - len(ordered))
    return torch.tensor(inputs, dtype=torch.int64), torch.tensor(targets, dtype=torch.int64)
