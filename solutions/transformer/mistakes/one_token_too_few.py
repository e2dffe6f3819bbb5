r"""
loses: [generation]
hint:
  en: 'You write one token less than max_len allows: <s> does not count.'
  fr: 'Vous écrivez un token de moins que max_len ne le permet : <s> ne compte pas.'
"""

import torch


def generate(src, weights, n_heads, bos, eos, pad, max_len):
    memory, seen = encode(src, weights, n_heads, pad), pad_mask(src, pad)
    tgt = torch.full((len(src), 1), bos)
    for _ in range(max_len - 1):
        logits = decode(tgt, memory, seen, weights, n_heads, pad)
        tgt = torch.cat([tgt, logits[:, -1:].argmax(-1)], 1)
    return [row[: row.index(eos)] if eos in row else row for row in tgt[:, 1:].tolist()]
