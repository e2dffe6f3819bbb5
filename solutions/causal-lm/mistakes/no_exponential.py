"""
loses: [perplexity]
hint:
  en: >-
    You return the mean loss. Perplexity is its exponential.
  fr: >-
    Vous renvoyez la perte moyenne. La perplexité est son exponentielle.
"""


def perplexity(batches, ignore=-100):
    total, count = 0.0, 0
    for logits, ids in batches:
        losses, counted = next_token_losses(logits, ids, ignore)
        total += float(losses.sum())
        count += int(counted.sum())
    if count == 0:
        raise ValueError("nothing counts")
    return total / count
