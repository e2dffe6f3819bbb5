"""
loses: [span-edges]
hint:
  en: >-
    Two spans that share a token pass: that token would be written twice.
  fr: >-
    Deux segments qui partagent un token passent : ce token serait écrit deux fois.
"""

import torch


def span_corrupt(ids, spans, first_sentinel):
    text, inputs, targets, done = ids.tolist(), [], [], 0
    ordered = sorted(spans)
    for number, (start, end) in enumerate(ordered):
        if start < 0 or start >= end or end > len(text):
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
