r"""
loses: [generation]
hint:
  en: 'Your sentences go on after their </s>: it is only left out.'
  fr: 'Vos phrases continuent après leur </s> : il est seulement omis.'
"""

import torch


def generate(src, weights, n_heads, bos, eos, pad, max_len):
    memory, seen = encode(src, weights, n_heads, pad), pad_mask(src, pad)
    tgt = torch.full((len(src), 1), bos)
    for _ in range(max_len):
        logits = decode(tgt, memory, seen, weights, n_heads, pad)
        tgt = torch.cat([tgt, logits[:, -1:].argmax(-1)], 1)
    return [[token for token in row if token != eos] for row in tgt[:, 1:].tolist()]
