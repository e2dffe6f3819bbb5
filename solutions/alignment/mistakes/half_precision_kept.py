"""
loses: [shapes]
hint:
  en: >-
    In half precision, log-probabilities of hundreds of nats are rounded to whole numbers: convert the logits
    to float32 first.
  fr: >-
    En demi-précision, des log-probabilités de centaines de nats sont arrondies à l'entier : convertissez
    d'abord les logits en float32.
"""


def sequence_logps(logits, labels):
    wide = logits
    scores, asked = wide[:, :-1], labels[:, 1:]
    void = asked == -100
    picked = scores.log_softmax(-1).gather(-1, asked.masked_fill(void, 0)[..., None])[..., 0]
    return picked.masked_fill(void, 0.0).sum(-1)
