"""
loses: [logps]
hint:
  en: >-
    The shift is missing: each token is looked up in the logits of its own position, which have already read
    it.
  fr: >-
    Le décalage manque : chaque token est lu dans les logits de sa propre position, qui l'ont déjà lu.
"""


def sequence_logps(logits, labels):
    wide = logits.float() if logits.element_size() < 4 else logits
    scores, asked = wide, labels
    void = asked == -100
    picked = scores.log_softmax(-1).gather(-1, asked.masked_fill(void, 0)[..., None])[..., 0]
    return picked.masked_fill(void, 0.0).sum(-1)
