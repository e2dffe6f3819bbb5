"""
loses: [logps, ignore]
hint:
  en: >-
    You return a mean over the positions; the probability of an answer is a product, so its logarithm is a
    sum.
  fr: >-
    Vous renvoyez une moyenne sur les positions ; la probabilité d'une réponse est un produit, donc son
    logarithme est une somme.
"""


def sequence_logps(logits, labels):
    wide = logits.float() if logits.element_size() < 4 else logits
    scores, asked = wide[:, :-1], labels[:, 1:]
    void = asked == -100
    picked = scores.log_softmax(-1).gather(-1, asked.masked_fill(void, 0)[..., None])[..., 0]
    return picked.masked_fill(void, 0.0).sum(-1) / max(picked.shape[1], 1)
