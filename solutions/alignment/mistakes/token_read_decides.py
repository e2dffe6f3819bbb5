"""
loses: [ignore]
hint:
  en: >-
    Whether a prediction counts is told from the token that was read; it is the token asked for that decides.
  fr: >-
    Vous décidez si une prédiction compte d'après le token qui a été lu ; c'est le token demandé qui en
    décide.
"""


def sequence_logps(logits, labels):
    wide = logits.float() if logits.element_size() < 4 else logits
    scores, asked = wide[:, :-1], labels[:, 1:]
    void = labels[:, :-1] == -100
    picked = scores.log_softmax(-1).gather(-1, asked.clamp(min=0)[..., None])[..., 0]
    return picked.masked_fill(void, 0.0).sum(-1)
