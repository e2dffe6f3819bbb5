"""
loses: [large]
hint:
  en: >-
    A probability far below the others is exactly 0 after the softmax, and its logarithm infinite. Compute
    both in one go.
  fr: >-
    Une probabilité très inférieure aux autres vaut exactement 0 après le softmax, et son logarithme est
    infini. Calculez les deux d'un seul coup.
"""


def sequence_logps(logits, labels):
    wide = logits.float() if logits.element_size() < 4 else logits
    scores, asked = wide[:, :-1], labels[:, 1:]
    void = asked == -100
    picked = scores.softmax(-1).log().gather(-1, asked.masked_fill(void, 0)[..., None])[..., 0]
    return picked.masked_fill(void, 0.0).sum(-1)
