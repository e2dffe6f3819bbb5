r"""
loses: [generation]
hint:
  en: 'Your targets start with </s>: the decoder begins from <s>.'
  fr: 'Vos cibles commencent par </s> : le décodeur part de <s>.'
"""

import torch


def generate(src, weights, n_heads, bos, eos, pad, max_len):
    memory, seen = encode(src, weights, n_heads, pad), pad_mask(src, pad)
    tgt = torch.full((len(src), 1), eos)
    for _ in range(max_len):
        logits = decode(tgt, memory, seen, weights, n_heads, pad)
        tgt = torch.cat([tgt, logits[:, -1:].argmax(-1)], 1)
    return [row[: row.index(eos)] if eos in row else row for row in tgt[:, 1:].tolist()]
