r"""
loses: [generation]
hint:
  en: 'Your lists hold tensors: plain ints are asked for.'
  fr: 'Vos listes contiennent des tenseurs : on demande de simples int.'
"""

import torch


def generate(src, weights, n_heads, bos, eos, pad, max_len):
    memory, seen = encode(src, weights, n_heads, pad), pad_mask(src, pad)
    tgt = torch.full((len(src), 1), bos)
    for _ in range(max_len):
        logits = decode(tgt, memory, seen, weights, n_heads, pad)
        tgt = torch.cat([tgt, logits[:, -1:].argmax(-1)], 1)
    answers = [row[: row.index(eos)] if eos in row else row for row in tgt[:, 1:].tolist()]
    return [torch.tensor(row) for row in answers]
