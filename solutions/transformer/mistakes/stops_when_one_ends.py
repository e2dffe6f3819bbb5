r"""
loses: [generation]
hint:
  en: 'All of the batch stops as soon as one sentence ends.'
  fr: 'Tout le batch s''arrête dès qu''une phrase finit.'
"""

import torch


def generate(src, weights, n_heads, bos, eos, pad, max_len):
    memory, seen = encode(src, weights, n_heads, pad), pad_mask(src, pad)
    tgt = torch.full((len(src), 1), bos)
    for _ in range(max_len):
        logits = decode(tgt, memory, seen, weights, n_heads, pad)
        tgt = torch.cat([tgt, logits[:, -1:].argmax(-1)], 1)
        if (tgt[:, -1] == eos).any():
            break
    return [row[: row.index(eos)] if eos in row else row for row in tgt[:, 1:].tolist()]
