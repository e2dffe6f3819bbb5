"""
loses: [generation]
hint:
  en: >-
    You count `<s>` among the `max_len` tokens.
  fr: >-
    Vous comptez `<s>` parmi les `max_len` tokens.
"""

import torch


def greedy_generate(s, enc, mask, p, bos, eos, max_len):
    y = torch.full((len(s),), bos)
    written = [[] for _ in s]
    going = set(range(len(s)))
    for _ in range(max_len - 1):
        logits, s, _ = decoder_step(y, s, enc, mask, p)
        y = logits.argmax(dim=-1)
        going -= {row for row in going if y[row] == eos}
        for row in going:
            written[row].append(int(y[row]))
    return written
