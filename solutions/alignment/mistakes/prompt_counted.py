"""
loses: [ignore]
hint:
  en: >-
    Where a label is -100 you add the log-probability of another token: prompt and padding count as if they
    were part of the answer.
  fr: >-
    Là où un label vaut -100, vous ajoutez la log-probabilité d'un autre token : prompt et remplissage
    comptent comme s'ils faisaient partie de la réponse.
"""


def sequence_logps(logits, labels):
    wide = logits.float() if logits.element_size() < 4 else logits
    scores, asked = wide[:, :-1], labels[:, 1:]
    picked = scores.log_softmax(-1).gather(-1, asked.clamp(min=0)[..., None])[..., 0]
    return picked.sum(-1)
