"""
loses: [logps, ignore]
hint:
  en: >-
    You divide by the number of tokens that count. SimPO does; DPO wants the sum.
  fr: >-
    Vous divisez par le nombre de tokens qui comptent. SimPO le fait ; DPO veut la somme.
"""


def sequence_logps(logits, labels):
    wide = logits.float() if logits.element_size() < 4 else logits
    scores, asked = wide[:, :-1], labels[:, 1:]
    void = asked == -100
    picked = scores.log_softmax(-1).gather(-1, asked.masked_fill(void, 0)[..., None])[..., 0]
    return picked.masked_fill(void, 0.0).sum(-1) / (~void).sum(-1).clamp(min=1)
