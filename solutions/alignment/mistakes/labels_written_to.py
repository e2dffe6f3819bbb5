"""
loses: [ignore]
hint:
  en: >-
    You write into the labels you were given: whoever uses them next finds other labels.
  fr: >-
    Vous écrivez dans les labels reçus : qui s'en sert ensuite en trouve d'autres.
"""


def sequence_logps(logits, labels):
    wide = logits.float() if logits.element_size() < 4 else logits
    scores, asked = wide[:, :-1], labels[:, 1:]
    void = asked == -100
    asked[void] = 0
    picked = scores.log_softmax(-1).gather(-1, asked[..., None])[..., 0]
    return picked.masked_fill(void, 0.0).sum(-1)
