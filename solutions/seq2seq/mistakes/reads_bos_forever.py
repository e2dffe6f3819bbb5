"""
loses: [generation]
hint:
  en: >-
    Your decoder reads `<s>` at every step: what it writes never comes back in.
  fr: >-
    Votre décodeur lit `<s>` à chaque pas : ce qu'il écrit n'y rentre jamais.
"""

import torch


def greedy_generate(s, enc, mask, p, bos, eos, max_len):
    y = torch.full((len(s),), bos)
    written = [[] for _ in s]
    going = set(range(len(s)))
    for _ in range(max_len):
        logits, s, _ = decoder_step(y, s, enc, mask, p)
        new = logits.argmax(dim=-1)
        going -= {row for row in going if new[row] == eos}
        for row in going:
            written[row].append(int(new[row]))
    return written
