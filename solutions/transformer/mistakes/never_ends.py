r"""
loses: [generation]
hint:
  en: 'Your sentences never end before max_len: </s> is a token like any other for them.'
  fr: 'Vos phrases ne finissent jamais avant max_len : </s> est pour elles un token comme un autre.'
"""

import torch


def generate(src, weights, n_heads, bos, eos, pad, max_len):
    memory, seen = encode(src, weights, n_heads, pad), pad_mask(src, pad)
    tgt = torch.full((len(src), 1), bos)
    for _ in range(max_len):
        logits = decode(tgt, memory, seen, weights, n_heads, pad)
        tgt = torch.cat([tgt, logits[:, -1:].argmax(-1)], 1)
    return tgt[:, 1:].tolist()
