"""
loses: [logps]
hint:
  en: >-
    You add probabilities; their logarithms are to be added.
  fr: >-
    Vous additionnez des probabilités ; ce sont leurs logarithmes qu'il faut additionner.
"""


def sequence_logps(logits, labels):
    wide = logits.float() if logits.element_size() < 4 else logits
    scores, asked = wide[:, :-1], labels[:, 1:]
    void = asked == -100
    shares = scores.softmax(-1).gather(-1, asked.masked_fill(void, 0)[..., None])[..., 0]
    return shares.masked_fill(void, 0.0).sum(-1)
