"""
loses: [span-edges]
hint:
  en: >-
    You refuse spans that touch. They share no token, so they are allowed.
  fr: >-
    Vous refusez les segments qui se touchent. Ils n'ont aucun token en commun : ils sont permis.
"""

import torch


def span_corrupt(ids, spans, first_sentinel):
    text, inputs, targets, done = ids.tolist(), [], [], 0
    ordered = sorted(spans)
    for number, (start, end) in enumerate(ordered):
        if (number and start <= done) or start < 0 or start >= end or end > len(text):
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
