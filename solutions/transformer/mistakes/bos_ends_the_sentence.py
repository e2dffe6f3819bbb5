r"""
loses: [generation]
hint:
  en: 'When <s> and </s> are the same token, the one you start with ends your sentence before it begins.'
  fr: 'Quand <s> et </s> sont le même token, celui du début finit votre phrase avant qu''elle commence.'
"""

import torch


def generate(src, weights, n_heads, bos, eos, pad, max_len):
    memory, seen = encode(src, weights, n_heads, pad), pad_mask(src, pad)
    tgt = torch.full((len(src), 1), bos)
    for _ in range(max_len):
        logits = decode(tgt, memory, seen, weights, n_heads, pad)
        tgt = torch.cat([tgt, logits[:, -1:].argmax(-1)], 1)
    rows = tgt.tolist()
    return [row[1 : row.index(eos)] if eos in row else row[1:] for row in rows]
