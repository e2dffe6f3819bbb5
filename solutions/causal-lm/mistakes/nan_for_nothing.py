"""
loses: [mean]
hint:
  en: >-
    When nothing counts, 0 is divided by 0, and the NaN goes on to every weight. What must the divisor be at
    least?
  fr: >-
    Quand rien ne compte, 0 est divisé par 0, et le NaN gagne tous les poids. Que doit valoir au moins le
    diviseur ?
"""


def lm_loss(logits, ids, ignore=-100):
    losses, counted = next_token_losses(logits, ids, ignore)
    return losses.sum() / counted.sum()
