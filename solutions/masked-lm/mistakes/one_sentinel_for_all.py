"""
loses: [spans]
hint:
  en: >-
    All your spans have the same sentinel: nobody can tell which of them the decoder is writing.
  fr: >-
    Tous vos segments ont la même sentinelle : nul ne peut dire lequel le décodeur est en train
    d'écrire.
"""

import torch


def span_corrupt(ids, spans, first_sentinel):
    text, inputs, targets, done = ids.tolist(), [], [], 0
    ordered = sorted(spans)
    for start, end in ordered:
        if start < done or start >= end or end > len(text):
            raise ValueError("impossible span")
        sentinel = first_sentinel
        inputs.extend(text[done:start])
        inputs.append(sentinel)
        targets.append(sentinel)
        targets.extend(text[start:end])
        done = end
    inputs.extend(text[done:])
    targets.append(first_sentinel)
    return torch.tensor(inputs, dtype=torch.int64), torch.tensor(targets, dtype=torch.int64)
