r"""
loses: [generation]
hint:
  en: 'While writing, your decoder sees the padding of the source: the mask says that all of memory may be looked at.'
  fr: 'Pendant l''écriture, votre décodeur voit le padding de la source : le masque dit que toute memory peut être regardée.'
"""

import torch


def generate(src, weights, n_heads, bos, eos, pad, max_len):
    memory, seen = encode(src, weights, n_heads, pad), torch.ones(len(src), 1, 1, src.shape[1], dtype=torch.bool)
    tgt = torch.full((len(src), 1), bos)
    for _ in range(max_len):
        logits = decode(tgt, memory, seen, weights, n_heads, pad)
        tgt = torch.cat([tgt, logits[:, -1:].argmax(-1)], 1)
    return [row[: row.index(eos)] if eos in row else row for row in tgt[:, 1:].tolist()]
