"""
loses: [logps, ignore]
hint:
  en: >-
    The shift is made twice: each token is looked up two positions before it, and one token is lost.
  fr: >-
    Le décalage est fait deux fois : chaque token est lu deux positions avant lui, et un token se perd.
"""


def sequence_logps(logits, labels):
    wide = logits.float() if logits.element_size() < 4 else logits
    scores, asked = wide[:, :-2], labels[:, 2:]
    void = asked == -100
    picked = scores.log_softmax(-1).gather(-1, asked.masked_fill(void, 0)[..., None])[..., 0]
    return picked.masked_fill(void, 0.0).sum(-1)
