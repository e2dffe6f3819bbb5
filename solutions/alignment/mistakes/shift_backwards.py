"""
loses: [logps, ignore]
hint:
  en: >-
    The shift goes the wrong way: each token is looked up in the logits of the position after it.
  fr: >-
    Le décalage va dans le mauvais sens : chaque token est lu dans les logits de la position qui le suit.
"""


def sequence_logps(logits, labels):
    wide = logits.float() if logits.element_size() < 4 else logits
    scores, asked = wide[:, 1:], labels[:, :-1]
    void = asked == -100
    picked = scores.log_softmax(-1).gather(-1, asked.masked_fill(void, 0)[..., None])[..., 0]
    return picked.masked_fill(void, 0.0).sum(-1)
