"""
loses: [spans]
hint:
  en: >-
    You number the spans as they are listed. Sentinels are handed out from left to right in the text.
  fr: >-
    Vous numérotez les segments dans l'ordre de la liste. Les sentinelles vont de gauche à droite dans
    le texte.
"""

import torch


def span_corrupt(ids, spans, first_sentinel):
    text, inputs, targets, done = ids.tolist(), [], [], 0
    ordered = sorted(spans)
    for start, end in ordered:
        if start < done or start >= end or end > len(text):
            raise ValueError("impossible span")
        sentinel = first_sentinel - spans.index((start, end))
        inputs.extend(text[done:start])
        inputs.append(sentinel)
        targets.append(sentinel)
        targets.extend(text[start:end])
        done = end
    inputs.extend(text[done:])
    targets.append(first_sentinel - len(spans))
    return torch.tensor(inputs, dtype=torch.int64), torch.tensor(targets, dtype=torch.int64)
