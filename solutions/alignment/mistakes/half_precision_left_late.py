"""
loses: [shapes]
hint:
  en: >-
    The conversion to float32 comes after the softmax: what was rounded by then stays rounded.
  fr: >-
    La conversion en float32 vient après le softmax : ce qui a été arrondi avant le reste.
"""


def sequence_logps(logits, labels):
    wide = logits
    scores, asked = wide[:, :-1], labels[:, 1:]
    void = asked == -100
    logp = scores.log_softmax(-1)
    logp = logp.float() if logp.element_size() < 4 else logp
    picked = logp.gather(-1, asked.masked_fill(void, 0)[..., None])[..., 0]
    return picked.masked_fill(void, 0.0).sum(-1)
