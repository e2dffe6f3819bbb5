"""
loses: [logps, large]
hint:
  en: >-
    You add raw logits, which are no log-probabilities yet: the softmax over the vocabulary is missing.
  fr: >-
    Vous additionnez des logits bruts, qui ne sont pas encore des log-probabilités : il manque le softmax sur
    le vocabulaire.
"""


def sequence_logps(logits, labels):
    wide = logits.float() if logits.element_size() < 4 else logits
    scores, asked = wide[:, :-1], labels[:, 1:]
    void = asked == -100
    picked = scores.gather(-1, asked.masked_fill(void, 0)[..., None])[..., 0]
    return picked.masked_fill(void, 0.0).sum(-1)
