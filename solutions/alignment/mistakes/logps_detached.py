"""
loses: [gradients]
hint:
  en: >-
    Your sequence_logps leaves the graph of autograd: the policy could not learn.
  fr: >-
    Votre sequence_logps sort du graphe d'autograd : la politique ne pourrait pas apprendre.
"""


def sequence_logps(logits, labels):
    wide = logits.float() if logits.element_size() < 4 else logits
    scores, asked = wide[:, :-1], labels[:, 1:]
    void = asked == -100
    picked = scores.log_softmax(-1).gather(-1, asked.masked_fill(void, 0)[..., None])[..., 0]
    return picked.detach().masked_fill(void, 0.0).sum(-1)
