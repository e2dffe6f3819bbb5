r"""
loses: [generation]
hint:
  en: '</s> stands at the end of what you return.'
  fr: '</s> se trouve à la fin de ce que vous renvoyez.'
"""

import torch


def generate(src, weights, n_heads, bos, eos, pad, max_len):
    memory, seen = encode(src, weights, n_heads, pad), pad_mask(src, pad)
    tgt = torch.full((len(src), 1), bos)
    for _ in range(max_len):
        logits = decode(tgt, memory, seen, weights, n_heads, pad)
        tgt = torch.cat([tgt, logits[:, -1:].argmax(-1)], 1)
    return [row[: row.index(eos) + 1] if eos in row else row for row in tgt[:, 1:].tolist()]
