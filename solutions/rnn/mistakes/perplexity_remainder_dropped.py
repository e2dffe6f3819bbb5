"""
loses: [perplexity]
hint:
  en: >-
    You leave out what does not fill a block. The last block may be shorter, or the only one.
  fr: >-
    Vous laissez de côté ce qui ne remplit pas un bloc. Le dernier bloc peut être plus court, ou être le seul.
"""

import math


def perplexity_by_blocks(ids, model, k):
    total, count, h, k = 0.0, 0, None, min(k, ids.shape[1] - 1)
    for start in range(0, ids.shape[1] - k, k):
        losses, h = next_token_losses(ids[:, start : start + k + 1], model, h)
        total += losses.sum().item()
        count += losses.numel()
    return math.exp(total / count)
