"""
loses: [spans]
hint:
  en: >-
    Your targets end with the tokens of the last span. What says that there are no more spans?
  fr: >-
    Vos cibles finissent sur les tokens du dernier segment. Qu'est-ce qui dit qu'il n'y en a plus ?
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
    return torch.tensor(inputs, dtype=torch.int64), torch.tensor(targets, dtype=torch.int64)
