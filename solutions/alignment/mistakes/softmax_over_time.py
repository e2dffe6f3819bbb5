"""
loses: [logps, ignore]
hint:
  en: >-
    Your softmax runs over the positions; at each position, the tokens of the vocabulary share a probability
    of 1.
  fr: >-
    Votre softmax court sur les positions ; à chaque position, ce sont les tokens du vocabulaire qui se
    partagent une probabilité de 1.
"""


def sequence_logps(logits, labels):
    wide = logits.float() if logits.element_size() < 4 else logits
    scores, asked = wide[:, :-1], labels[:, 1:]
    void = asked == -100
    picked = scores.log_softmax(1).gather(-1, asked.masked_fill(void, 0)[..., None])[..., 0]
    return picked.masked_fill(void, 0.0).sum(-1)
