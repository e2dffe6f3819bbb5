"""
loses: [generation]
hint:
  en: >-
    The end token stands in your answer: it says that the sentence is over, it is not part of it.
  fr: >-
    Le token de fin figure dans votre réponse : il dit que la phrase est finie, il n'en fait pas partie.
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
        going -= {row for row in going if y[row] == eos}
    return written
