"""
loses: [ignore]
hint:
  en: >-
    -100 is used as an index, which fails. Look up a valid token there, and throw the result away.
  fr: >-
    -100 sert d'indice, ce qui échoue. Lisez-y un token valable, et jetez le résultat.
"""


def sequence_logps(logits, labels):
    wide = logits.float() if logits.element_size() < 4 else logits
    scores, asked = wide[:, :-1], labels[:, 1:]
    void = asked == -100
    picked = scores.log_softmax(-1).gather(-1, asked[..., None])[..., 0]
    return picked.masked_fill(void, 0.0).sum(-1)
