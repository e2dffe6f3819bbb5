"""
loses: [perplexity]
hint:
  en: >-
    You raise 2 to a mean of natural logarithms. Losses in nats go with `exp`.
  fr: >-
    Vous élevez 2 à une moyenne de logarithmes népériens. À des pertes en nats correspond `exp`.
"""


def perplexity_by_blocks(ids, model, k):
    total, count, h = 0.0, 0, None
    for start in range(0, ids.shape[1] - 1, k):
        losses, h = next_token_losses(ids[:, start : start + k + 1], model, h)
        total += losses.sum().item()
        count += losses.numel()
    return 2 ** (total / count)
