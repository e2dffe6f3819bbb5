"""
loses: [ignore]
hint:
  en: >-
    Your sum stops at the first -100 after the answer has begun; there may be more of the answer behind it.
  fr: >-
    Votre somme s'arrête au premier -100 après le début de la réponse ; il peut rester de la réponse
    derrière.
"""


def sequence_logps(logits, labels):
    wide = logits.float() if logits.element_size() < 4 else logits
    scores, asked = wide[:, :-1], labels[:, 1:]
    void = asked == -100
    picked = scores.log_softmax(-1).gather(-1, asked.masked_fill(void, 0)[..., None])[..., 0]
    begun = (~void).cumsum(-1) > 0
    ended = (begun & void).cumsum(-1) > 0
    return picked.masked_fill(void | ended, 0.0).sum(-1)
