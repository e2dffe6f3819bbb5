r"""
loses: [generation]
hint:
  en: 'Each of your steps answers as if <s> alone had been read: what is written is never read again, or the answer of the first position is taken at every step.'
  fr: 'Chacun de vos pas répond comme si seul <s> avait été lu : ce qui est écrit n''est jamais relu, ou bien la réponse de la première position est prise à chaque pas.'
"""

import torch


def generate(src, weights, n_heads, bos, eos, pad, max_len):
    memory, seen = encode(src, weights, n_heads, pad), pad_mask(src, pad)
    tgt = torch.full((len(src), 1), bos)
    for _ in range(max_len):
        logits = decode(tgt[:, :1], memory, seen, weights, n_heads, pad)
        tgt = torch.cat([tgt, logits[:, -1:].argmax(-1)], 1)
    return [row[: row.index(eos)] if eos in row else row for row in tgt[:, 1:].tolist()]
