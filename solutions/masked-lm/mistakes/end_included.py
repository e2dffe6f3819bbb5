"""
loses: [spans, span-edges]
hint:
  en: >-
    You hide the token at `end` too. As in a Python slice, the end is outside.
  fr: >-
    Vous cachez aussi le token en `end`. Comme dans une tranche de Python, la fin est exclue.
"""

import torch


def span_corrupt(ids, spans, first_sentinel):
    text, inputs, targets, done = ids.tolist(), [], [], 0
    ordered = sorted(spans)
    for number, (start, end) in enumerate(ordered):
        if start < done - (number > 0) or start >= end or end > len(text):
            raise ValueError("impossible span")
        sentinel = first_sentinel - number
        inputs.extend(text[done:start])
        inputs.append(sentinel)
        targets.append(sentinel)
        targets.extend(text[start : end + 1])
        done = min(end + 1, len(text))
    inputs.extend(text[done:])
    targets.append(first_sentinel - len(spans))
    return torch.tensor(inputs, dtype=torch.int64), torch.tensor(targets, dtype=torch.int64)
