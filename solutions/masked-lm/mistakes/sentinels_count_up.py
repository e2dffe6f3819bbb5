"""
loses: [spans]
hint:
  en: >-
    Your sentinels count upwards. T5's begin at the last id of the vocabulary and count down.
  fr: >-
    Vos sentinelles croissent. Celles de T5 partent du dernier id du vocabulaire et décroissent.
"""

import torch


def span_corrupt(ids, spans, first_sentinel):
    text, inputs, targets, done = ids.tolist(), [], [], 0
    ordered = sorted(spans)
    for number, (start, end) in enumerate(ordered):
        if start < done or start >= end or end > len(text):
            raise ValueError("impossible span")
        sentinel = first_sentinel + number
        inputs.extend(text[done:start])
        inputs.append(sentinel)
        targets.append(sentinel)
        targets.extend(text[start:end])
        done = end
    inputs.extend(text[done:])
    targets.append(first_sentinel + len(spans))
    return torch.tensor(inputs, dtype=torch.int64), torch.tensor(targets, dtype=torch.int64)
