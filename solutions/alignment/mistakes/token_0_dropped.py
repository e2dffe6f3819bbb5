"""
loses: [ignore]
hint:
  en: >-
    The token 0 is ignored as well; it is a token like any other.
  fr: >-
    Le token 0 est ignoré aussi ; c'est un token comme un autre.
"""


def sequence_logps(logits, labels):
    wide = logits.float() if logits.element_size() < 4 else logits
    scores, asked = wide[:, :-1], labels[:, 1:]
    void = asked <= 0
    picked = scores.log_softmax(-1).gather(-1, asked.masked_fill(void, 0)[..., None])[..., 0]
    return picked.masked_fill(void, 0.0).sum(-1)
