"""
loses: [logps, ignore, shapes]
hint:
  en: >-
    You sum over the whole batch; each row has a log-probability of its own.
  fr: >-
    Vous sommez sur tout le lot ; chaque ligne a sa propre log-probabilité.
"""


def sequence_logps(logits, labels):
    wide = logits.float() if logits.element_size() < 4 else logits
    scores, asked = wide[:, :-1], labels[:, 1:]
    void = asked == -100
    picked = scores.log_softmax(-1).gather(-1, asked.masked_fill(void, 0)[..., None])[..., 0]
    return picked.masked_fill(void, 0.0).sum()
