"""
loses: [generation]
hint:
  en: >-
    A sentence that has ended must get nothing more while the others go on; yours keeps writing until all have
    ended at once.
  fr: >-
    Une phrase finie ne doit plus rien recevoir pendant que les autres continuent ; la vôtre écrit jusqu'à ce
    que toutes finissent ensemble.
"""

import torch


def greedy_generate(s, enc, mask, p, bos, eos, max_len):
    y = torch.full((len(s),), bos)
    written = [[] for _ in s]
    going = set(range(len(s)))
    for _ in range(max_len):
        logits, s, _ = decoder_step(y, s, enc, mask, p)
        y = logits.argmax(dim=-1)
        if bool((y == eos).all()):
            break
        for row in going:
            written[row].append(int(y[row]))
    return written
