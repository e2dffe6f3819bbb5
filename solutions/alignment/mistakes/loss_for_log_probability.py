"""
loses: [logps]
hint:
  en: >-
    You return the loss of each row, which is the log-probability with the opposite sign.
  fr: >-
    Vous renvoyez la perte de chaque ligne, qui est la log-probabilité changée de signe.
"""


def sequence_logps(logits, labels):
    wide = logits.float() if logits.element_size() < 4 else logits
    scores, asked = wide[:, :-1], labels[:, 1:]
    void = asked == -100
    picked = scores.log_softmax(-1).gather(-1, asked.masked_fill(void, 0)[..., None])[..., 0]
    return picked.neg().masked_fill(void, 0.0).sum(-1)
