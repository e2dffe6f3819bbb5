r"""
loses: [generation]
hint:
  en: 'When several tokens have the greatest logit, you write the one with the largest id.'
  fr: 'Quand plusieurs tokens ont le plus grand logit, vous écrivez celui de plus grand id.'
"""

import torch


def generate(src, weights, n_heads, bos, eos, pad, max_len):
    memory, seen = encode(src, weights, n_heads, pad), pad_mask(src, pad)
    tgt = torch.full((len(src), 1), bos)
    for _ in range(max_len):
        logits = decode(tgt, memory, seen, weights, n_heads, pad)
        tgt = torch.cat([tgt, logits.shape[2] - 1 - logits[:, -1:].flip(2).argmax(-1)], 1)
    return [row[: row.index(eos)] if eos in row else row for row in tgt[:, 1:].tolist()]
