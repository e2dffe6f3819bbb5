"""
loses: [ignore]
hint:
  en: >-
    What does not count is multiplied by 0: a NaN stays a NaN. Replace it instead.
  fr: >-
    Ce qui ne compte pas est multiplié par 0 : un NaN reste un NaN. Remplacez-le plutôt.
"""


def sequence_logps(logits, labels):
    wide = logits.float() if logits.element_size() < 4 else logits
    scores, asked = wide[:, :-1], labels[:, 1:]
    void = asked == -100
    picked = scores.log_softmax(-1).gather(-1, asked.masked_fill(void, 0)[..., None])[..., 0]
    return (picked * ~void).sum(-1)
