"""
loses: [spans, span-edges]
hint:
  en: >-
    In your targets each span stands before its sentinel. The sentinel announces what follows.
  fr: >-
    Dans vos cibles, chaque segment précède sa sentinelle. La sentinelle annonce ce qui suit.
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
        targets.extend(text[start:end])
        targets.append(sentinel)
        done = end
    inputs.extend(text[done:])
    targets.append(first_sentinel - len(spans))
    return torch.tensor(inputs, dtype=torch.int64), torch.tensor(targets, dtype=torch.int64)
