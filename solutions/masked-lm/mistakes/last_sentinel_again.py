"""
loses: [spans]
hint:
  en: >-
    Your targets end with the sentinel of the last span, a second time. The closing one is the next.
  fr: >-
    Vos cibles finissent par la sentinelle du dernier segment, une seconde fois. Celle qui ferme est la
    suivante.
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
    targets.append(first_sentinel - max(len(spans) - 1, 0))
    return torch.tensor(inputs, dtype=torch.int64), torch.tensor(targets, dtype=torch.int64)
