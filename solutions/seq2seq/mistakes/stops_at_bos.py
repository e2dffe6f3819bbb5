"""
loses: [generation]
hint:
  en: >-
    You treat `<s>` as an end too: once written, it is a token like any other.
  fr: >-
    Vous traitez aussi `<s>` comme une fin : une fois écrit, c'est un token comme un autre.
"""

import torch


def greedy_generate(s, enc, mask, p, bos, eos, max_len):
    y = torch.full((len(s),), bos)
    written = [[] for _ in s]
    going = set(range(len(s)))
    for _ in range(max_len):
        logits, s, _ = decoder_step(y, s, enc, mask, p)
        y = logits.argmax(dim=-1)
        going -= {row for row in going if y[row] in (eos, bos)}
        for row in going:
            written[row].append(int(y[row]))
    return written
