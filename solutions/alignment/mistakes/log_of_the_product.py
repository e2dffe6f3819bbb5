"""
loses: [large]
hint:
  en: >-
    The product of hundreds of probabilities is 0 for any float, and its logarithm infinite. Take the
    logarithms first.
  fr: >-
    Le produit de centaines de probabilités vaut 0 pour tout flottant, et son logarithme est infini. Prenez
    d'abord les logarithmes.
"""


def sequence_logps(logits, labels):
    wide = logits.float() if logits.element_size() < 4 else logits
    scores, asked = wide[:, :-1], labels[:, 1:]
    void = asked == -100
    shares = scores.softmax(-1).gather(-1, asked.masked_fill(void, 0)[..., None])[..., 0]
    return shares.masked_fill(void, 1.0).prod(-1).log()
