"""
loses: [generation]
hint:
  en: >-
    The end token does not end anything: you write on until the limit.
  fr: >-
    Le token de fin ne met fin à rien : vous écrivez jusqu'à la limite.
"""

import torch


def greedy_generate(s, enc, mask, p, bos, eos, max_len):
    y = torch.full((len(s),), bos)
    written = [[] for _ in s]
    going = set(range(len(s)))
    for _ in range(max_len):
        logits, s, _ = decoder_step(y, s, enc, mask, p)
        y = logits.argmax(dim=-1)
        for row in going:
            written[row].append(int(y[row]))
    return written
