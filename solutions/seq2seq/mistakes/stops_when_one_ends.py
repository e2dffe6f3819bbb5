"""
loses: [generation]
hint:
  en: >-
    You stop when the first sentence of the batch ends; the others were not done.
  fr: >-
    Vous vous arrêtez quand la première phrase du lot finit ; les autres n'étaient pas terminées.
"""

import torch


def greedy_generate(s, enc, mask, p, bos, eos, max_len):
    y = torch.full((len(s),), bos)
    written = [[] for _ in s]
    going = set(range(len(s)))
    for _ in range(max_len):
        logits, s, _ = decoder_step(y, s, enc, mask, p)
        y = logits.argmax(dim=-1)
        going -= {row for row in going if y[row] == eos}
        if len(going) < len(s):
            break
        for row in going:
            written[row].append(int(y[row]))
    return written
