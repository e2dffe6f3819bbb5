"""
loses: [perplexity]
hint:
  en: >-
    You average perplexities. Losses are averaged; the exponential comes last, once.
  fr: >-
    Vous faites la moyenne de perplexités. Ce sont les pertes qu'on moyenne ; l'exponentielle vient à la
    fin, une fois.
"""


def perplexity(batches, ignore=-100):
    total, count = 0.0, 0
    for logits, ids in batches:
        losses, counted = next_token_losses(logits, ids, ignore)
        total += float(losses.sum())
        count += int(counted.sum())
    if count == 0:
        raise ValueError("nothing counts")

    found = []
    for logits, ids in batches:
        losses, counted = next_token_losses(logits, ids, ignore)
        found.append(float((losses.double().sum() / counted.sum().clamp(min=1)).exp()))
    return sum(found) / len(found)
