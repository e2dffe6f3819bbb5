"""
loses: [generation]
hint:
  en: >-
    Each step of yours starts from the first state.
  fr: >-
    Chacun de vos pas repart du premier état.
"""

import torch


def greedy_generate(s, enc, mask, p, bos, eos, max_len):
    y = torch.full((len(s),), bos)
    written = [[] for _ in s]
    going = set(range(len(s)))
    for _ in range(max_len):
        logits, _, _ = decoder_step(y, s, enc, mask, p)
        y = logits.argmax(dim=-1)
        going -= {row for row in going if y[row] == eos}
        for row in going:
            written[row].append(int(y[row]))
    return written
