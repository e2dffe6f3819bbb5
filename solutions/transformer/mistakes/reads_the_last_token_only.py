r"""
loses: [generation]
hint:
  en: 'At each step your decoder reads the last token alone: it has forgotten what it wrote before, and stands at position 0 again.'
  fr: 'À chaque pas, votre décodeur ne lit que le dernier token : il a oublié ce qu''il a écrit avant, et se retrouve à la position 0.'
"""

import torch


def generate(src, weights, n_heads, bos, eos, pad, max_len):
    memory, seen = encode(src, weights, n_heads, pad), pad_mask(src, pad)
    tgt = torch.full((len(src), 1), bos)
    for _ in range(max_len):
        logits = decode(tgt[:, -1:], memory, seen, weights, n_heads, pad)
        tgt = torch.cat([tgt, logits[:, -1:].argmax(-1)], 1)
    return [row[: row.index(eos)] if eos in row else row for row in tgt[:, 1:].tolist()]
