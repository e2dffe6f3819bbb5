"""
loses: [generation]
hint:
  en: >-
    You leave `</s>` out but go on writing after it.
  fr: >-
    Vous omettez `</s>` mais continuez d'écrire après.
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
            if y[row] == eos:
                continue
            written[row].append(int(y[row]))
    return written
