"""
loses: [shapes]
hint:
  en: >-
    You convert float64 logits to float32 too, and lose half of their digits.
  fr: >-
    Vous convertissez aussi en float32 les logits en float64, et perdez la moitié de leurs chiffres.
"""


def sequence_logps(logits, labels):
    wide = logits.float() if logits.element_size() < 4 else logits
    scores, asked = wide[:, :-1], labels[:, 1:]
    void = asked == -100
    picked = scores.float().log_softmax(-1).gather(-1, asked.masked_fill(void, 0)[..., None])[..., 0]
    return picked.masked_fill(void, 0.0).sum(-1)
